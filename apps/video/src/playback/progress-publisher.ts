import { Injectable } from '@nestjs/common';
import { PlaybackProgressedV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Outbox } from '@viernes/messaging';
import type { PlaybackSession } from './playback-session.repository.js';

/** Publishes the position of a session in the transaction that stores it. */
@Injectable()
export class ProgressPublisher {
  constructor(private readonly outbox: Outbox) {}

  /**
   * @param session as it was before the update: a session without a position has just started
   * @param occurredAt by the database clock, because the clocks of replicas drift
   */
  async publish(tx: Transaction, session: PlaybackSession, positionMs: number, occurredAt: Date): Promise<void> {
    const { id, accountId, profileId, titleId, assetId, durationMs } = session;
    await this.outbox.add(tx, PlaybackProgressedV1, {
      playbackId: id,
      accountId,
      profileId,
      titleId,
      assetId,
      positionMs,
      durationMs,
      occurredAt: occurredAt.toISOString(),
      isStart: session.positionMs === null,
    });
  }
}
