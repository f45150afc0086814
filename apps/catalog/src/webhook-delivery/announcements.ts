import { Injectable } from '@nestjs/common';
import type { WebhookEventType } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { parseRequest, uuid } from '@viernes/platform';
import { z } from 'zod';
import { PublicationRepository } from '../publication/publication.repository.js';
import { toPayload } from './payload.js';
import { WebhookDeliveryRepository } from './webhook-delivery.repository.js';

export interface Announcement {
  /** The ID of the event. */
  readonly id: string;
  readonly time: Date;
  readonly type: WebhookEventType;
  /** The ID of a film or an episode. */
  readonly titleId: string;
}

const Subject = z.object({ titleId: uuid });

@Injectable()
export class Announcements {
  constructor(
    private readonly publications: PublicationRepository,
    private readonly deliveries: WebhookDeliveryRepository,
  ) {}

  /** Adds a delivery to each webhook that subscribes to the type, in the transaction that handles the event. */
  async add(tx: Transaction, announcement: Announcement, details: Readonly<Record<string, unknown>>): Promise<void> {
    const { id, time, type } = announcement;
    const { titleId } = parseRequest(Subject, announcement);
    const seriesId = await this.publications.findSeriesId(tx, titleId);
    const subject = { titleId: seriesId ?? titleId, episodeId: seriesId === undefined ? null : titleId };
    await this.deliveries.insertForSubscribers(tx, id, type, toPayload(type, time, { ...subject, ...details }));
  }
}
