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

export const TITLES_TOPIC = 'viernes.catalog.titles';
export const ASSETS_TOPIC = 'viernes.video.assets';
export const PLAYBACK_TOPIC = 'viernes.video.playback';

/** Every topic that events of the catalogue travel on; each service makes those it needs at start. */
export const TOPICS: readonly DeclaredTopic[] = [
  {
    name: TITLES_TOPIC,
    partitions: 6,
    retentionHours: 30 * DAY_HOURS,
    cleanup: 'delete',
    growth: 'by-hand',
    reason: 'Thirty days are enough for a new reader to be written and to start; titles themselves are read by calls.',
  },
  {
    name: ASSETS_TOPIC,
    partitions: 6,
    retentionHours: Infinity,
    cleanup: 'delete',
    growth: 'at-start',
    reason:
      'Kept for ever: which title plays which film is rebuilt from it, and a film costs two small events. Not compacted: two types share a key, and the last one would drop the other. The newest publication wins in whatever order they come.',
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
