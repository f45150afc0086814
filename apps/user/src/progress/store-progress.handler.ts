import { Injectable } from '@nestjs/common';
import { PlaybackProgressedV1, type videoEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, timestamp, uuid } from '@viernes/platform';
import { z } from 'zod';
import { isFinished } from './progress.js';
import { ProgressRepository, type NewProgress } from './progress.repository.js';

const PlaybackProgressed = z.object({
  accountId: uuid,
  profileId: uuid,
  titleId: uuid,
  assetId: z.string().min(1).max(100),
  positionMs: z.number().int().min(0),
  durationMs: z.number().int().min(1),
  occurredAt: timestamp,
});

/** Stores where a profile stopped in a title. */
@Injectable()
@EventConsumer()
export class StoreProgress implements EventHandler<videoEventsV1.PlaybackProgressed> {
  readonly consumer = 'user.store-progress';
  readonly event = PlaybackProgressedV1;

  constructor(private readonly progress: ProgressRepository) {}

  /** A player reports 0 before it seeks to the resume position, which must not be overwritten. */
  accepts({ data }: Received<videoEventsV1.PlaybackProgressed>): boolean {
    return data.positionMs !== 0;
  }

  async handle(tx: Transaction, received: Received<videoEventsV1.PlaybackProgressed>): Promise<void> {
    await this.handleAll(tx, [received]);
  }

  async handleAll(tx: Transaction, received: readonly Received<videoEventsV1.PlaybackProgressed>[]): Promise<void> {
    await this.progress.putLatest(
      tx,
      received.map(({ data }) => toNewProgress(data)),
    );
  }
}

/** @throws CodedError REQUEST_INVALID if the event violates its contract */
function toNewProgress(data: videoEventsV1.PlaybackProgressed): NewProgress {
  const progress = parseRequest(PlaybackProgressed, data);
  const positionMs = Math.min(progress.positionMs, progress.durationMs);
  return { ...progress, positionMs, isFinished: isFinished(positionMs, progress.durationMs) };
}
