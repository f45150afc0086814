import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { PlaybackSessionRepository } from './playback-session.repository.js';
import { PLAYBACK_CONFIG, type PlaybackConfig } from './playback.config.js';
import { ProgressPublisher } from './progress-publisher.js';

@Injectable()
export class HeartbeatPlayback {
  constructor(
    private readonly sessions: PlaybackSessionRepository,
    private readonly progress: ProgressPublisher,
    private readonly transactions: Transactions,
    @Inject(PLAYBACK_CONFIG) private readonly config: PlaybackConfig,
  ) {}

  /**
   * Stores and publishes the position, limited to the duration, and extends the session.
   *
   * @returns the time of expiry without a further heartbeat
   * @throws CodedError PLAYBACK_NOT_FOUND
   */
  async run(accountId: string, playbackId: string, positionMs: number): Promise<Date> {
    return this.transactions.run(async (tx) => {
      const session = await this.sessions.lockLive(tx, playbackId, accountId);
      if (!session) throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId });
      const position = Math.min(positionMs, session.durationMs);
      const { updatedAt, expiresAt } = await this.sessions.extend(
        tx,
        playbackId,
        position,
        this.config.SESSION_TTL_SECONDS,
      );
      await this.progress.publish(tx, session, position, updatedAt);
      return expiresAt;
    });
  }
}
