import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1 } from '@viernes/contracts';
import type { EventData, EventDefinition } from '@viernes/contracts';

export type PlaybackProgressed = EventData<typeof PlaybackProgressedV1>;

/** The event there is most of, on a topic of the bench's own. */
export function benchEvent(topic: string): EventDefinition<PlaybackProgressed> {
  return { ...PlaybackProgressedV1, topic };
}

/** A heartbeat of somebody: each of another profile, so that no two wait for each other. */
export function heartbeat(): PlaybackProgressed {
  return {
    playbackId: randomUUID(),
    accountId: randomUUID(),
    profileId: randomUUID(),
    titleId: randomUUID(),
    assetId: randomUUID(),
    positionMs: 15_000,
    durationMs: 5_400_000,
    occurredAt: new Date().toISOString(),
    isStart: false,
  };
}
