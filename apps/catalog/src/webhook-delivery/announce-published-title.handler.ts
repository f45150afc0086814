import { Injectable } from '@nestjs/common';
import { PublishedV1, type videoEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { Announcements } from './announcements.js';

/** Adds deliveries of `title.published`. */
@Injectable()
@EventConsumer()
export class AnnouncePublishedTitle implements EventHandler<videoEventsV1.Published> {
  readonly consumer = 'catalog.announce-published-title';
  readonly event = PublishedV1;

  constructor(private readonly announcements: Announcements) {}

  async handle(tx: Transaction, { id, time, data }: Received<videoEventsV1.Published>): Promise<void> {
    const { titleId, assetId, durationMs } = data;
    await this.announcements.add(tx, { id, time, type: 'title.published', titleId }, { assetId, durationMs });
  }
}
