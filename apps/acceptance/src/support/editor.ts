import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { config } from '../config.js';
import type { Asset, PartAddress, Session, Title, Upload } from './api-types.js';
import { eventually } from './eventually.js';
import type { Answer } from './http.js';
import { bodyOf, get, post } from './http.js';
import { patiently } from './patiently.js';

/** A film in memory, as a client sends it. */
export interface FilmFile {
  readonly fileName: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

export async function readFilm(path: string): Promise<FilmFile> {
  return filmFile(basename(path), await readFile(path));
}

export function filmFile(fileName: string, bytes: Buffer): FilmFile {
  return { fileName, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** The demo account, which may make titles and upload. */
export class Editor {
  private constructor(readonly session: Session) {}

  static async signIn(): Promise<Editor> {
    const { editorEmail: email, editorPassword: password } = config;
    return new Editor(bodyOf(await patiently(() => post<Session>('/v1/sessions', { email, password })), 201));
  }

  get token(): string {
    return this.session.accessToken;
  }

  async makeTitle(name: string, more: Readonly<Record<string, unknown>> = {}): Promise<Title> {
    return bodyOf(await post<Title>('/v1/titles', { kind: 'film', name, ...more }, { token: this.token }), 201);
  }

  async requestUpload(
    titleId: string,
    film: FilmFile,
    more: Readonly<Record<string, unknown>> = {},
  ): Promise<Answer<Upload>> {
    const { fileName, sha256, bytes } = film;
    return post<Upload>(
      '/v1/uploads',
      { titleId, fileName, sizeBytes: bytes.length, sha256, ...more },
      { token: this.token },
    );
  }

  async openUpload(titleId: string, film: FilmFile, more: Readonly<Record<string, unknown>> = {}): Promise<Upload> {
    return bodyOf(await this.requestUpload(titleId, film, more), 201);
  }

  async upload(uploadId: string): Promise<Upload> {
    return bodyOf(await get<Upload>(`/v1/uploads/${uploadId}`, { token: this.token }), 200);
  }

  async partAddresses(uploadId: string, partNumbers: readonly number[]): Promise<readonly PartAddress[]> {
    const path = `/v1/uploads/${uploadId}/parts`;
    return bodyOf(await post<{ parts: readonly PartAddress[] }>(path, { partNumbers }, { token: this.token }), 200)
      .parts;
  }

  async sendParts(upload: Upload, film: FilmFile, partNumbers: readonly number[]): Promise<void> {
    for (const { partNumber, url, sizeBytes } of await this.partAddresses(upload.id, partNumbers)) {
      const offset = (partNumber - 1) * upload.partSizeBytes;
      const body = Uint8Array.from(film.bytes.subarray(offset, offset + sizeBytes));
      const response = await fetch(new URL(url, config.edgeUrl), { method: 'PUT', body });
      if (!response.ok) throw new Error(`part ${partNumber} was answered ${response.status}: ${await response.text()}`);
    }
  }

  async requestCompletion(uploadId: string): Promise<Answer<Asset>> {
    return post<Asset>(`/v1/uploads/${uploadId}/complete`, {}, { token: this.token });
  }

  /** The whole way from bytes to an asset that waits for the transcoder. */
  async uploadFilm(titleId: string, film: FilmFile): Promise<Asset> {
    const upload = await this.openUpload(titleId, film);
    await this.sendParts(upload, film, allParts(upload));
    return bodyOf(await this.requestCompletion(upload.id), 200);
  }

  async asset(assetId: string): Promise<Asset> {
    return bodyOf(await get<Asset>(`/v1/assets/${assetId}`, { token: this.token }), 200);
  }

  /** Waits until nothing more happens to the asset: it is ready or failed. */
  async finishedAsset(assetId: string): Promise<Asset> {
    return eventually(
      () => this.asset(assetId),
      ({ state }) => state === 'ready' || state === 'failed',
      { withinSeconds: 200, what: `asset ${assetId} is ready or failed` },
    );
  }

  /** A title of a new name whose film is ready to play in every rendition. */
  async readyTitle(name: string, film: FilmFile): Promise<Title> {
    const { id } = await this.makeTitle(name);
    const asset = await this.finishedAsset((await this.uploadFilm(id, film)).id);
    if (asset.state !== 'ready') throw new Error(`the film of ${name} failed: ${asset.failureCode}`);
    return eventually(
      async () => bodyOf(await get<Title>(`/v1/titles/${id}`), 200),
      ({ isPlayable }) => isPlayable,
      { what: `the catalog says that ${name} is playable` },
    );
  }
}

export function allParts(upload: Upload): number[] {
  return Array.from({ length: upload.partCount }, (_, index) => index + 1);
}
