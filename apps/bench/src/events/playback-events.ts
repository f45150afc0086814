import { randomUUID } from 'node:crypto';
import { PlaybackProgressedV1 } from '@viernes/contracts';
import type { EventData, EventDefinition } from '@viernes/contracts';

export type PlaybackProgressed = EventData<typeof PlaybackProgressedV1>;

/** The most frequent event, on a separate topic. */
export function benchEvent(topic: string): EventDefinition<PlaybackProgressed> {
  return { ...PlaybackProgressedV1, topic };
}

/** Creates a heartbeat of a new profile, so that no two events have the same key. */
export function createHeartbeat(): PlaybackProgressed {
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
