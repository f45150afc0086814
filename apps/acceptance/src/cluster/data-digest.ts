import { createHash } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { requireBody, get } from '../support/http.js';
import { parseMaster, parseMedia, readPlaylist } from '../support/playlists.js';
import type { Viewer } from '../support/viewer.js';
import { config } from '../config.js';

/** Counts and hashes of the stored data, as clients see it, for a comparison before and after a change. */
export interface DataDigest {
  readonly titles: number;
  readonly titlesSha256: string;
  readonly renditions: number;
  /** SHA-256 of the bytes of all renditions of one title. */
  readonly mediaSha256: string;
  readonly watchedPositionMs: number;
}

const PAGE_SIZE = 100;

function sha256(parts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

async function allTitles(): Promise<string[]> {
  const lines: string[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Schema<'TitlePage'> = requireBody(
      await get<Schema<'TitlePage'>>(`/v1/titles?pageSize=${PAGE_SIZE}${query}`),
      200,
    );
    lines.push(...page.titles.map(({ id, kind, name, releaseYear }) => JSON.stringify([id, kind, name, releaseYear])));
    cursor = page.nextCursor;
  } while (cursor !== null);
  // Sorted, because popularity changes the order of the titles.
  return lines.toSorted();
}

async function mediaBytes(viewer: Viewer, titleId: string): Promise<Uint8Array[]> {
  const { id, playlistUrl } = await viewer.play(titleId);
  const variants = parseMaster(await readPlaylist(playlistUrl), playlistUrl);
  const objects: Uint8Array[] = [];
  for (const { url } of variants) {
    const [mediaUrl = ''] = parseMedia(await readPlaylist(url), url).mediaUrls;
    const response = await fetch(new URL(mediaUrl, config.edgeUrl));
    if (response.status !== 200) throw new Error(`media returned ${response.status}`);
    objects.push(new Uint8Array(await response.arrayBuffer()));
  }
  await viewer.stop(id);
  return objects;
}

/** @param viewer the only user of its account, with a watched position in the title */
export async function digestData(viewer: Viewer, titleId: string): Promise<DataDigest> {
  const titles = await allTitles();
  const watched = await viewer.continueWatching();
  const objects = await mediaBytes(viewer, titleId);
  return {
    titles: titles.length,
    titlesSha256: sha256(titles.map((line) => `${line}\n`)),
    renditions: objects.length,
    mediaSha256: sha256(objects),
    watchedPositionMs: watched.find(({ title }) => title.id === titleId)?.positionMs ?? 0,
  };
}

/** Returns the names of all renditions, sorted. */
export function renditionNames({ renditions }: Schema<'Asset'>): string[] {
  return renditions.map(({ name }) => name).toSorted();
}
