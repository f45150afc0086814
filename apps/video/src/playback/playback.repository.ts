import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { lockInTransaction, type Transaction } from '@viernes/database';
import { AssetEntity } from '../asset/asset.entity.js';
import { PlaybackSessionEntity } from './playback-session.entity.js';

export type NewSession = Omit<PlaybackSessionEntity, 'positionMs' | 'createdAt' | 'expiresAt' | 'endedAt'>;

const LIVE = 'ended_at IS NULL AND expires_at > now()';

@Injectable()
export class PlaybackRepository {
  /** The latest film of a title that can be played. @throws CodedError TITLE_NOT_PLAYABLE */
  async latestAsset(tx: Transaction, titleId: string): Promise<{ readonly id: string; readonly durationMs: number }> {
    const asset = await tx
      .createQueryBuilder(AssetEntity, 'asset')
      .where({ titleId })
      .andWhere('asset.published_at IS NOT NULL')
      .orderBy('asset.publishedAt', 'DESC')
      .limit(1)
      .getOne();
    if (!asset) throw new CodedError('TITLE_NOT_PLAYABLE', { titleId });
    return { id: asset.id, durationMs: asset.durationMs ?? 0 };
  }

  /** Makes other transactions that take a stream slot of this account wait for the end of this one. */
  async lockAccount(tx: Transaction, accountId: string): Promise<void> {
    await lockInTransaction(tx, 'accountPlayback', accountId);
  }

  async countLive(tx: Transaction, accountId: string): Promise<number> {
    return tx.createQueryBuilder(PlaybackSessionEntity, 'session').where({ accountId }).andWhere(LIVE).getCount();
  }

  /** @returns when it expires without a heartbeat */
  async insert(tx: Transaction, session: NewSession, ttlSeconds: number): Promise<Date> {
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

  /** @throws CodedError PLAYBACK_NOT_FOUND where it has ended or expired, too */
  async getLive(tx: Transaction, id: string): Promise<PlaybackSessionEntity> {
    const session = await tx.createQueryBuilder(PlaybackSessionEntity, 'session').where({ id }).andWhere(LIVE).getOne();
    if (!session) throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId: id });
    return session;
  }

  /** Locked, so that of two heartbeats one is the first. Undefined where it is not live, or not this account's. */
  async lockLive(tx: Transaction, id: string, accountId: string): Promise<PlaybackSessionEntity | undefined> {
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

  /** @returns when it expires without a further heartbeat */
  async extend(tx: Transaction, id: string, positionMs: number, ttlSeconds: number): Promise<Date> {
    const { raw } = await tx
      .createQueryBuilder()
      .update(PlaybackSessionEntity)
      .set({ positionMs, expiresAt: () => 'now() + make_interval(secs => :ttlSeconds)' })
      .where({ id })
      .setParameters({ ttlSeconds })
      .returning('expires_at')
      .execute();
    return (raw as { expires_at: Date }[])[0]?.expires_at as Date;
  }

  async end(tx: Transaction, id: string, positionMs: number | null): Promise<void> {
    await tx.update(PlaybackSessionEntity, { id }, { positionMs, endedAt: () => 'now()' });
  }

  async deleteOld(tx: Transaction, keepDays: number): Promise<void> {
    await tx
      .createQueryBuilder()
      .delete()
      .from(PlaybackSessionEntity)
      .where('expires_at < now() - make_interval(days => :keepDays)', { keepDays })
      .execute();
  }
}
