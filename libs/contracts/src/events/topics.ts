/** A topic as it must be on the broker. */
export interface TopicDefinition {
  readonly name: string;
  /** May grow, never shrink. */
  readonly partitions: number;
  /** How long the broker keeps an event; Infinity keeps it for ever. */
  readonly retentionHours: number;
  /** `compact` keeps the last event of each key alone: only for a topic on which one event says all of its key. Default `delete`. */
  readonly cleanup?: TopicCleanup;
  /**
   * Whether a start may add partitions. That sends a key elsewhere: what comes later can overtake what waits in the old
   * partition, so `at-start` is for topics whose readers take the events of a key in any order. Default `by-hand`: the
   * difference is reported, and docs/events.md says how to grow it.
   */
  readonly growth?: TopicGrowth;
}

export type TopicCleanup = 'delete' | 'compact';
export type TopicGrowth = 'at-start' | 'by-hand';

/** A topic of the platform, with what somebody who wants to change it must know. */
export interface DeclaredTopic extends Required<TopicDefinition> {
  readonly reason: string;
}

const DAY_HOURS = 24;

export const ASSETS_TOPIC = 'viernes.video.assets';
export const PLAYBACK_TOPIC = 'viernes.video.playback';

/** Every topic that events of the catalogue travel on; each service makes those it needs at start. */
export const TOPICS: readonly DeclaredTopic[] = [
  {
    name: ASSETS_TOPIC,
    partitions: 6,
    retentionHours: Infinity,
    cleanup: 'delete',
    growth: 'at-start',
    reason:
      'Retained indefinitely because the catalog rebuilds which title plays which asset from it. An asset costs one small event. Not compacted, so that another event type can share its keys. Handlers do not depend on order: the newest publication wins.',
  },
  {
    name: PLAYBACK_TOPIC,
    partitions: 6,
    retentionHours: 7 * DAY_HOURS,
    cleanup: 'delete',
    growth: 'at-start',
    reason:
      'One event for each heartbeat of each viewer: by far the most. A week outlives any outage; what is counted from it cannot be rebuilt beyond. The latest position wins and views are a sum, in whatever order they come.',
  },
];
