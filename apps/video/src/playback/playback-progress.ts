import { Inject, Injectable } from '@nestjs/common';
import { CodedError, PlaybackProgressedV1 } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import type { PlaybackSessionEntity } from './playback-session.entity.js';
import { PlaybackRepository } from './playback.repository.js';

/** What a player tells of its session. The session and its event commit together. */
@Injectable()
export class PlaybackProgress {
  constructor(
    private readonly sessions: PlaybackRepository,
    private readonly outbox: Outbox,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /** @returns when the session expires without a further heartbeat @throws CodedError PLAYBACK_NOT_FOUND */
  async heartbeat(accountId: string, playbackId: string, positionMs: number): Promise<Date> {
    return this.transactions.run(async (tx) => {
      const session = await this.sessions.lockLive(tx, playbackId, accountId);
      if (!session) throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId });
      const bounded = await this.publish(tx, session, positionMs);
      return this.sessions.extend(tx, playbackId, bounded, this.config.SESSION_TTL_SECONDS);
    });
  }

  /**
   * Frees the slot. Repeatable: a session that has ended or expired stays as it is.
   * @throws CodedError PLAYBACK_NOT_FOUND where it never was this account's
   */
  async end(accountId: string, playbackId: string, positionMs: number | undefined): Promise<void> {
    await this.transactions.run(async (tx) => {
      const session = await this.sessions.lockLive(tx, playbackId, accountId);
      if (!session) {
        if (await this.sessions.exists(tx, playbackId, accountId)) return;
        throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId });
      }
      const last = positionMs === undefined ? session.positionMs : await this.publish(tx, session, positionMs);
      await this.sessions.end(tx, playbackId, last);
    });
  }

  /** @returns the position, at most the film's length */
  private async publish(tx: Transaction, session: PlaybackSessionEntity, positionMs: number): Promise<number> {
    const { id, accountId, profileId, titleId, assetId, durationMs } = session;
    const bounded = Math.min(positionMs, durationMs);
    await this.outbox.add(tx, PlaybackProgressedV1, {
      playbackId: id,
      accountId,
      profileId,
      titleId,
      assetId,
      positionMs: bounded,
      durationMs,
      occurredAt: new Date().toISOString(),
      isStart: session.positionMs === null,
    });
    return bounded;
  }
}
