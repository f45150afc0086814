import { Injectable } from '@nestjs/common';
import { FailedV1, type videoEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { Announcements } from './announcements.js';

/** Adds deliveries of `asset.failed`. */
@Injectable()
@EventConsumer()
export class AnnounceFailedAsset implements EventHandler<videoEventsV1.Failed> {
  readonly consumer = 'catalog.announce-failed-asset';
  readonly event = FailedV1;

  constructor(private readonly announcements: Announcements) {}

  async handle(tx: Transaction, { id, time, data }: Received<videoEventsV1.Failed>): Promise<void> {
    const { titleId, assetId, failureCode } = data;
    await this.announcements.add(tx, { id, time, type: 'asset.failed', titleId }, { assetId, failureCode });
  }
}
