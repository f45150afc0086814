import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Transactions, type Transaction } from '@viernes/database';
import { MAX_EVENTS_PER_CALL } from '@viernes/messaging';
import { WriteBatcher } from '@viernes/platform';
import {
  PlaybackSessionRepository,
  type PlaybackSession,
  type SessionPosition,
} from './playback-session.repository.js';
import { PLAYBACK_CONFIG, type PlaybackConfig } from './playback.config.js';
import { ProgressPublisher } from './progress-publisher.js';

/** No player waits for the response to a heartbeat. With half a second, four replicas write at most eight batches per second. */
const BATCH_LIMITS = { maxItems: MAX_EVENTS_PER_CALL, maxWaitMs: 500 };

interface Heartbeat {
  readonly accountId: string;
  readonly playbackId: string;
  readonly positionMs: number;
}

/** Stores the heartbeats of many players in one transaction (decision 29). */
@Injectable()
export class HeartbeatPlayback {
  private readonly batcher: WriteBatcher<Heartbeat, Date | undefined>;

  constructor(
    private readonly sessions: PlaybackSessionRepository,
    private readonly progress: ProgressPublisher,
    transactions: Transactions,
    @Inject(PLAYBACK_CONFIG) private readonly config: PlaybackConfig,
  ) {
    this.batcher = new WriteBatcher(BATCH_LIMITS, (batch) => transactions.run((tx) => this.store(tx, batch)));
  }

  /**
   * Stores and publishes the position, limited to the duration, and extends the session.
   *
   * @returns the time of expiry without a further heartbeat
   * @throws CodedError PLAYBACK_NOT_FOUND
   */
  async run(accountId: string, playbackId: string, positionMs: number): Promise<Date> {
    const expiresAt = await this.batcher.add({ accountId, playbackId, positionMs });
    if (!expiresAt) throw new CodedError('PLAYBACK_NOT_FOUND', { playbackId });
    return expiresAt;
  }

  /** @returns the time of expiry for each heartbeat, undefined if its account has no such live session */
  private async store(tx: Transaction, batch: readonly Heartbeat[]): Promise<(Date | undefined)[]> {
    const ids = batch.map(({ playbackId }) => playbackId);
    const live = new Map((await this.sessions.lockAllLive(tx, ids)).map((session) => [session.id, session]));
    const findSession = ({ playbackId, accountId }: Heartbeat): PlaybackSession | undefined => {
      const session = live.get(playbackId);
      return session?.accountId === accountId ? session : undefined;
    };
    // The last one of several heartbeats of a session counts.
    const latest = new Map<string, SessionPosition>();
    for (const heartbeat of batch) {
      const session = findSession(heartbeat);
      if (session) latest.set(session.id, { session, positionMs: Math.min(heartbeat.positionMs, session.durationMs) });
    }
    if (latest.size === 0) return batch.map(() => undefined);
    const positions = [...latest.values()];
    const { updatedAt, expiresAt } = await this.sessions.extendAll(tx, positions, this.config.SESSION_TTL_SECONDS);
    await this.progress.publish(tx, positions, updatedAt);
    return batch.map((heartbeat) => findSession(heartbeat) && expiresAt);
  }
}
