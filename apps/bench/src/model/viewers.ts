import { requireData, EdgeClient } from '@viernes/cli';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { signIn } from '../load/sign-in.js';
import type { Platform } from '../run/platform.js';

/** A playback session in progress. */
export interface Session {
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Viewer {
  readonly headers: Readonly<Record<string, string>>;
  readonly edge: EdgeClient;
  readonly profileId: string;
}

/** One less than the default of MAX_CONCURRENT_STREAMS, so that a viewer can start another session. */
const SESSIONS_PER_VIEWER = 3;

/** Creates accounts with one profile each. */
export async function createViewers(platform: Platform, count: number): Promise<readonly Viewer[]> {
  const viewers: Viewer[] = [];
  for (let number = 0; number < count; number += 1) {
    const account = {
      email: `bench-${randomBytes(6).toString('hex')}@viernes.example`,
      password: randomBytes(12).toString('hex'),
    };
    const edge = new EdgeClient({ edgeUrl: platform.edgeUrl, credentials: account });
    const response = await fetch(new URL('/v1/accounts', platform.edgeUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...account, profileName: 'Bench' }),
    });
    if (!response.ok) throw new Error(`POST /v1/accounts returned ${response.status}`);
    const { profiles } = (await response.json()) as { profiles: readonly { id: string }[] };
    const headers = await signIn({ ...platform, editor: account });
    viewers.push({ headers, edge, profileId: profiles[0]?.id ?? '' });
  }
  return viewers;
}

/** Starts playback sessions that stay open. */
export async function startSessions(viewers: readonly Viewer[], titleId: string): Promise<readonly Session[]> {
  const sessions = viewers.flatMap((viewer) => Array.from({ length: SESSIONS_PER_VIEWER }, () => viewer));
  return Promise.all(
    sessions.map(async ({ edge, profileId, headers }) => {
      const { id } = await requireData(edge.api.POST('/v1/playback', { body: { titleId, profileId } }));
      return { id, headers };
    }),
  );
}

/** Copies sessions to other titles, because an account can only start a few. Each copy stores a separate position. */
export async function copySessions(
  videoDatabaseUrl: string,
  sessions: readonly Session[],
  copies: number,
): Promise<readonly Session[]> {
  const client = new pg.Client({ connectionString: videoDatabaseUrl });
  await client.connect();
  const copied: Session[] = [];
  for (const { id, headers } of sessions) {
    // With a position, because the first heartbeat of a session without one also counts as a view in catalog.
    const { rows } = await client.query<{ id: string }>(
      `INSERT INTO playback_session
         (id, account_id, profile_id, title_id, asset_id, duration_ms, token_hash, position_ms, expires_at)
       SELECT gen_random_uuid(), account_id, profile_id, gen_random_uuid(), asset_id, duration_ms, '', 0, now() + interval '1 hour'
       FROM playback_session, generate_series(1, $2) WHERE id = $1 RETURNING id`,
      [id, copies],
    );
    copied.push(...rows.map((row) => ({ id: row.id, headers })));
  }
  await client.end();
  // In random order, so that successive heartbeats are those of different accounts.
  return copied.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** Plays as a player does: starts a session, reads the master and two media playlists, ends the session. */
export async function playOnce({ edge, profileId }: Viewer, titleId: string): Promise<void> {
  const playback = await requireData(edge.api.POST('/v1/playback', { body: { titleId, profileId } }));
  const masterUrl = new URL(playback.playlistUrl, edge.url);
  const master = await readText(masterUrl);
  const mediaUris = [...master.matchAll(/^(?!#).+\.m3u8.*$/gm)].slice(0, 2);
  for (const [uri] of mediaUris) await readText(new URL(uri, masterUrl));
  const params = { path: { id: playback.id }, query: { positionMs: 1_000 } };
  await edge.api.DELETE('/v1/playback/{id}', { params });
}

async function readText(url: URL): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} returned ${response.status}`);
  return response.text();
}
