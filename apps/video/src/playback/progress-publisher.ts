import { Injectable } from '@nestjs/common';
import { PlaybackProgressedV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import type { SessionPosition } from './playback-session.repository.js';

/** Publishes the positions of sessions in the transaction that stores them. */
@Injectable()
export class ProgressPublisher {
  constructor(private readonly outbox: Outbox) {}

  /**
   * @param positions up to MAX_EVENTS_PER_CALL. A session that had no position has just started
   * @param occurredAt by the database clock, because the clocks of replicas drift
   */
  async publish(tx: Transaction, positions: readonly SessionPosition[], occurredAt: Date): Promise<void> {
    const events = positions.map(({ session, positionMs }) => ({
      playbackId: session.id,
      accountId: session.accountId,
      profileId: session.profileId,
      titleId: session.titleId,
      assetId: session.assetId,
      positionMs,
      durationMs: session.durationMs,
      occurredAt: occurredAt.toISOString(),
      isStart: session.positionMs === null,
    }));
    await this.outbox.add(tx, PlaybackProgressedV1, ...events);
  }
}
