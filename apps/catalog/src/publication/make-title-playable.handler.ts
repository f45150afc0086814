import { Injectable } from '@nestjs/common';
import { PublishedV1, TitleChangedV1, type videoEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, Outbox, type EventHandler, type Received } from '@viernes/messaging';
import { parseRequest, timestamp, uuid } from '@viernes/platform';
import { z } from 'zod';
import { PublicationRepository } from './publication.repository.js';

const Published = z.object({
  titleId: uuid,
  assetId: z.string().min(1).max(100),
  durationMs: z.number().int().min(1),
  publishedAt: timestamp,
});

/** Stores the asset that plays when viewers select a film or an episode. */
@Injectable()
@EventConsumer()
export class MakeTitlePlayable implements EventHandler<videoEventsV1.Published> {
  readonly consumer = 'catalog.make-title-playable';
  readonly event = PublishedV1;

  constructor(
    private readonly publications: PublicationRepository,
    private readonly outbox: Outbox,
  ) {}

  async handle(tx: Transaction, { data }: Received<videoEventsV1.Published>): Promise<void> {
    const publication = parseRequest(Published, data);
    if (!(await this.publications.putNewest(tx, publication))) return;
    const seriesId = await this.publications.findSeriesId(tx, publication.titleId);
    if (seriesId !== undefined) await this.publications.putFirstEpisode(tx, seriesId);
    await this.outbox.add(tx, TitleChangedV1, { titleId: seriesId ?? publication.titleId });
  }
}
