import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type videoV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';
import { hashToken, newPlaybackToken } from './playback-token.js';
import { PlaybackRepository } from './playback.repository.js';

export interface Viewing {
  readonly accountId: string;
  readonly profileId: string;
  readonly titleId: string;
}

@Injectable()
export class StartPlayback {
  constructor(
    private readonly sessions: PlaybackRepository,
    private readonly transactions: Transactions,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /**
   * Takes one of the account's stream slots: counted and taken under a lock, so that starts that race cannot take more
   * than there are.
   *
   * @throws CodedError TITLE_NOT_PLAYABLE, STREAM_LIMIT_REACHED
   */
  async run(viewing: Viewing): Promise<videoV1.Playback> {
    const { MAX_CONCURRENT_STREAMS, SESSION_TTL_SECONDS, PLAYBACK_HEARTBEAT_SECONDS } = this.config;
    const id = randomUUID();
    const token = newPlaybackToken();
    return this.transactions.run(async (tx) => {
      const { id: assetId, durationMs } = await this.sessions.latestAsset(tx, viewing.titleId);
      await this.sessions.lockAccount(tx, viewing.accountId);
      const liveCount = await this.sessions.countLive(tx, viewing.accountId);
      if (liveCount >= MAX_CONCURRENT_STREAMS) throw new CodedError('STREAM_LIMIT_REACHED', { liveCount });
      const session = { ...viewing, id, assetId, durationMs, tokenHash: hashToken(token) };
      const expiresAt = await this.sessions.insert(tx, session, SESSION_TTL_SECONDS);
      return {
        id,
        titleId: viewing.titleId,
        assetId,
        durationMs,
        token,
        expiresAt: expiresAt.toISOString(),
        heartbeatSeconds: PLAYBACK_HEARTBEAT_SECONDS,
      };
    });
  }
}
