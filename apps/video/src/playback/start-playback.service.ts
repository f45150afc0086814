import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { AssetRepository } from '../asset/asset.repository.js';
import { PlaybackSessionRepository } from './playback-session.repository.js';
import { createPlaybackToken, hashToken } from './playback-token.js';
import { PLAYBACK_CONFIG, type PlaybackConfig } from './playback.config.js';

export interface NewPlayback {
  readonly accountId: string;
  readonly profileId: string;
  readonly titleId: string;
}

@Injectable()
export class StartPlayback {
  constructor(
    private readonly sessions: PlaybackSessionRepository,
    private readonly assets: AssetRepository,
    private readonly transactions: Transactions,
    @Inject(PLAYBACK_CONFIG) private readonly config: PlaybackConfig,
  ) {}

  /**
   * Starts a session in one of the account's stream slots. Counts under a lock, so that concurrent starts cannot exceed
   * the limit.
   *
   * @throws CodedError TITLE_NOT_PLAYABLE, STREAM_LIMIT_REACHED
   */
  async run(playback: NewPlayback): Promise<videoV1.Playback> {
    const { MAX_CONCURRENT_STREAMS, SESSION_TTL_SECONDS, PLAYBACK_HEARTBEAT_SECONDS } = this.config;
    const id = randomUUID();
    const token = createPlaybackToken();
    return this.transactions.run(async (tx) => {
      const { id: assetId, durationMs } = await this.assets.getNewestPlayable(tx, playback.titleId);
      await this.sessions.lockAccount(tx, playback.accountId);
      const liveCount = await this.sessions.countLive(tx, playback.accountId);
      if (liveCount >= MAX_CONCURRENT_STREAMS) throw new CodedError('STREAM_LIMIT_REACHED', { liveCount });
      const session = { ...playback, id, assetId, durationMs, tokenHash: hashToken(token) };
      const expiresAt = await this.sessions.insert(tx, session, SESSION_TTL_SECONDS);
      return {
        id,
        titleId: playback.titleId,
        assetId,
        durationMs,
        token,
        expiresAt: expiresAt.toISOString(),
        heartbeatSeconds: PLAYBACK_HEARTBEAT_SECONDS,
      };
    });
  }
}
