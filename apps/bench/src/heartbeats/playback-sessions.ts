import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A playback session that has not expired. Each one has a separate account and profile. */
export interface PlaybackSession {
  readonly id: string;
  readonly accountId: string;
  readonly profileId: string;
}

/** The databases of video and user, with sessions of this bench. */
export interface StoredSessions {
  readonly sessions: readonly PlaybackSession[];
  /** Returns how many sessions have stored at least this position as the progress of their profile. */
  readonly countStored: (positionMs: number) => Promise<number>;
  /** Deletes the sessions and accounts. */
  readonly remove: () => Promise<void>;
}

const TITLE_ID = randomUUID();

/** Writes accounts, profiles, and sessions with SQL, because sign-ups with hashed passwords would take an hour. */
export async function createSessions(
  videoDatabaseUrl: string,
  userDatabaseUrl: string,
  count: number,
): Promise<StoredSessions> {
  const sessions = Array.from({ length: count }, () => ({
    id: randomUUID(),
    accountId: randomUUID(),
    profileId: randomUUID(),
  }));
  const accountIds = sessions.map(({ accountId }) => accountId);
  const profileIds = sessions.map(({ profileId }) => profileId);
  const [video, user] = [
    new pg.Pool({ connectionString: videoDatabaseUrl, max: 1 }),
    new pg.Pool({ connectionString: userDatabaseUrl, max: 1 }),
  ];
  await user.query(
    `INSERT INTO account (id, email, language, password_hash, role)
     SELECT id, id || '@viernes.example', 'en', 'none', 'viewer' FROM unnest($1::uuid[]) AS id`,
    [accountIds],
  );
  await user.query(
    `INSERT INTO profile (id, account_id, name)
     SELECT id, account_id, 'Bench' FROM unnest($1::uuid[], $2::uuid[]) AS p (id, account_id)`,
    [profileIds, accountIds],
  );
  // With a position, because the first heartbeat of a session without one also counts as a view in catalog.
  await video.query(
    `INSERT INTO playback_session
       (id, account_id, profile_id, title_id, asset_id, duration_ms, token_hash, position_ms, expires_at)
     SELECT id, account_id, profile_id, $4, $4, 7200000, '', 0, now() + interval '1 hour'
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS s (id, account_id, profile_id)`,
    [sessions.map(({ id }) => id), accountIds, profileIds, TITLE_ID],
  );
  return {
    sessions,
    countStored: async (positionMs) => {
      const { rows } = await user.query<{ count: number }>(
        'SELECT count(*)::int AS count FROM progress WHERE title_id = $1 AND position_ms >= $2',
        [TITLE_ID, positionMs],
      );
      return rows[0]?.count ?? 0;
    },
    remove: async () => {
      await video.query('DELETE FROM playback_session WHERE title_id = $1', [TITLE_ID]);
      await user.query('DELETE FROM account WHERE id = ANY ($1)', [accountIds]);
      await Promise.all([video.end(), user.end()]);
    },
  };
}
