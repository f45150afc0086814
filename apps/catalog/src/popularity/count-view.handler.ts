import { Injectable } from '@nestjs/common';
import { PlaybackProgressedV1, type videoEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, timestamp, uuid } from '@viernes/platform';
import { z } from 'zod';
import { viewScore } from './popularity.js';
import { PopularityRepository } from './popularity.repository.js';

const PlaybackStarted = z.object({
  titleId: uuid,
  occurredAt: timestamp,
});

/** Counts one view per playback session, at its first event. */
@Injectable()
@EventConsumer()
export class CountView implements EventHandler<videoEventsV1.PlaybackProgressed> {
  readonly consumer = 'catalog.count-view';
  readonly event = PlaybackProgressedV1;
  /** Events of one title come from many partitions. Transactions over batches could deadlock on the rows of titles. */
  readonly transaction = 'event';

  constructor(private readonly popularity: PopularityRepository) {}

  accepts({ data }: Received<videoEventsV1.PlaybackProgressed>): boolean {
    return data.isStart;
  }

  async handle(tx: Transaction, { data }: Received<videoEventsV1.PlaybackProgressed>): Promise<void> {
    const { titleId, occurredAt } = parseRequest(PlaybackStarted, data);
    await this.popularity.addView(tx, titleId, viewScore(occurredAt));
  }
}
