import { Injectable } from '@nestjs/common';
import { PlaybackProgressedV1, type videoEventsV1 } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { EventConsumer, type EventHandler, type Received } from '@viernes/messaging';
import { moment, parseRequest } from '@viernes/platform';
import { z } from 'zod';
import { isFinished } from './progress.js';
import { ProgressRepository } from './progress.repository.js';

const progressed = z.object({
  accountId: z.guid(),
  profileId: z.guid(),
  titleId: z.guid(),
  assetId: z.string().min(1).max(100),
  positionMs: z.number().int().min(0),
  durationMs: z.number().int().min(1),
  occurredAt: moment,
});

@Injectable()
@EventConsumer()
export class MoveProgress implements EventHandler<videoEventsV1.PlaybackProgressed> {
  readonly consumer = 'user.move-progress';
  readonly event = PlaybackProgressedV1;

  constructor(private readonly progress: ProgressRepository) {}

  async handle(tx: Transaction, { data }: Received<videoEventsV1.PlaybackProgressed>): Promise<void> {
    const watched = parseRequest(progressed, data);
    // A player reports 0 when it opens, before it has gone to where the viewer stopped: that must not forget the place.
    if (watched.positionMs === 0) return;
    const positionMs = Math.min(watched.positionMs, watched.durationMs);
    await this.progress.putLatest(tx, {
      ...watched,
      positionMs,
      isFinished: isFinished(positionMs, watched.durationMs),
    });
  }
}
