import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { PlaybackSessionRepository } from './playback-session.repository.js';
import { ProgressPublisher } from './progress-publisher.js';

@Injectable()
export class EndPlayback {
  constructor(
    private readonly sessions: PlaybackSessionRepository,
    private readonly progress: ProgressPublisher,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Ends the session, which frees its stream slot, and publishes the last position if the player sends it. Idempotent: does
   * not change an ended or expired session.
   *
   * @throws CodedError PLAYBACK_NOT_FOUND if the account never had this session
   */
  async run(accountId: string, playbackId: string, positionMs: number | undefined): Promise<void> {
    await this.transactions.run(async (tx) => {
      const session = await this.sessions.lockLive(tx, playbackId, accountId);
      if (!session) {
        if (await this.sessions.exists(tx, playbackId, accountId)) return;
        throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId });
      }
      const position = positionMs === undefined ? session.positionMs : Math.min(positionMs, session.durationMs);
      const { updatedAt } = await this.sessions.end(tx, playbackId, position);
      if (positionMs === undefined || position === null) return;
      await this.progress.publish(tx, [{ session, positionMs: position }], updatedAt);
    });
  }
}
