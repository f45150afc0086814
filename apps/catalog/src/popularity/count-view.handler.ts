import { Injectable } from '@nestjs/common';
import { PlaybackProgressedV1, type videoEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { moment, parseRequest } from '@viernes/platform';
import { z } from 'zod';
import { viewHeat } from './popularity.js';
import { PopularityRepository } from './popularity.repository.js';

const started = z.object({
  titleId: z.uuid(),
  occurredAt: moment,
});

/** One view for each playback session: only its first event counts. */
@Injectable()
@EventConsumer()
export class CountView implements EventHandler<videoEventsV1.PlaybackProgressed> {
  readonly consumer = 'catalog.count-view';
  readonly event = PlaybackProgressedV1;
  /** Viewers of one title stand in many partitions: two batches would wait for each other's titles. */
  readonly transaction = 'event';

  constructor(private readonly popularity: PopularityRepository) {}

  async handle(tx: Transaction, { data }: Received<videoEventsV1.PlaybackProgressed>): Promise<void> {
    if (!data.isStart) return;
    const { titleId, occurredAt } = parseRequest(started, data);
    await this.popularity.addView(tx, titleId, viewHeat(occurredAt));
  }
}
