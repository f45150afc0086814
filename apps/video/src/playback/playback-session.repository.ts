import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import { In } from 'typeorm';
import { PlaybackSessionEntity } from './playback-session.entity.js';

export interface PlaybackSession {
  readonly id: string;
  readonly accountId: string;
  readonly profileId: string;
  readonly titleId: string;
  readonly assetId: string;
  readonly durationMs: number;
  /** SHA-256 of the token. */
  readonly tokenHash: Buffer;
  /** Null before the first heartbeat. */
  readonly positionMs: number | null;
}

export type NewPlaybackSession = Omit<PlaybackSession, 'positionMs'>;

/** A new position of a session. `session` has the previous one. */
export interface SessionPosition {
  readonly session: PlaybackSession;
  readonly positionMs: number;
}

/** Times of an update, by the database clock. */
export interface SessionTimes {
  readonly updatedAt: Date;
  readonly expiresAt: Date;
}

const LIVE = 'ended_at IS NULL AND expires_at > now()';

@Injectable()
export class PlaybackSessionRepository {
  /** Blocks other transactions that start a session for this account until this one ends. */
  async lockAccount(tx: Transaction, accountId: string): Promise<void> {
    await lockInTransaction(tx, 'accountPlayback', accountId);
  }

  async countLive(tx: Transaction, accountId: string): Promise<number> {
    return tx.createQueryBuilder(PlaybackSessionEntity, 'session').where({ accountId }).andWhere(LIVE).getCount();
  }

  /** @returns the time of expiry without a heartbeat */
  async insert(tx: Transaction, session: NewPlaybackSession, ttlSeconds: number): Promise<Date> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(PlaybackSessionEntity)
      .values({ ...session, expiresAt: () => 'now() + make_interval(secs => :ttlSeconds)' })
      .setParameters({ ttlSeconds })
      .returning('expires_at')
      .execute();
    return (raw as { expires_at: Date }[])[0]?.expires_at as Date;
  }

  /** @throws CodedError PLAYBACK_NOT_FOUND, also if the session has ended or expired */
  async getLive(tx: Transaction, id: string): Promise<PlaybackSession> {
    const session = await tx.createQueryBuilder(PlaybackSessionEntity, 'session').where({ id }).andWhere(LIVE).getOne();
    if (!session) throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId: id });
    return session;
  }

  /** Locks the session, so that its heartbeats and its end run one after the other. Finds only live sessions. */
  async lockLive(tx: Transaction, id: string, accountId: string): Promise<PlaybackSession | undefined> {
    const session = await tx
      .createQueryBuilder(PlaybackSessionEntity, 'session')
      .setLock('pessimistic_write')
      .where({ id, accountId })
      .andWhere(LIVE)
      .getOne();
    return session ?? undefined;
  }

  async exists(tx: Transaction, id: string, accountId: string): Promise<boolean> {
    return tx.existsBy(PlaybackSessionEntity, { id, accountId });
  }

  /** Locks the live ones of these sessions, in one order, so that two batches with the same sessions cannot deadlock. */
  async lockAllLive(tx: Transaction, ids: readonly string[]): Promise<PlaybackSession[]> {
    return tx
      .createQueryBuilder(PlaybackSessionEntity, 'session')
      .setLock('pessimistic_write')
      .where({ id: In([...new Set(ids)]) })
      .andWhere(LIVE)
      .orderBy('session.id')
      .getMany();
  }

  /** Stores the positions of locked sessions, at least one, and extends the sessions. */
  async extendAll(tx: Transaction, positions: readonly SessionPosition[], ttlSeconds: number): Promise<SessionTimes> {
    // Raw SQL: the query builder cannot set another value in each row.
    const [rows] = await tx.query<[SessionTimes[], number]>(
      `UPDATE playback_session session
       SET position_ms = position.position_ms, expires_at = now() + make_interval(secs => $3)
       FROM unnest($1::uuid[], $2::bigint[]) AS position (id, position_ms)
       WHERE session.id = position.id RETURNING ${TIMES}`,
      [positions.map(({ session }) => session.id), positions.map(({ positionMs }) => positionMs), ttlSeconds],
    );
    return toTimes(rows);
  }

  async end(tx: Transaction, id: string, positionMs: number | null): Promise<SessionTimes> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(PlaybackSessionEntity)
      .set({ positionMs, endedAt: () => 'now()' })
      .where({ id })
      .returning(TIMES)
      .execute();
    return toTimes(raw);
  }

  async deleteOfAccount(tx: Transaction, accountId: string): Promise<void> {
    await tx.delete(PlaybackSessionEntity, { accountId });
  }
}

/** clock_timestamp(), because now() is the start of the transaction: an update that waited for the lock must be the later one. */
const TIMES = 'expires_at AS "expiresAt", clock_timestamp() AS "updatedAt"';

function toTimes(raw: unknown): SessionTimes {
  const [times] = raw as SessionTimes[];
  if (!times) throw new CodedError('INTERNAL', { table: 'playback_session', rows: 0 });
  return times;
}
