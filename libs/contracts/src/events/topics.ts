/** The required configuration of a topic on the broker. */
export interface TopicDefinition {
  readonly name: string;
  /** Can increase, but never decrease. */
  readonly partitions: number;
  /** Retention of events on the broker. Infinity retains them indefinitely. */
  readonly retentionHours: number;
  /**
   * `compact` retains only the last event of each key: for a topic with one event type that carries the complete state.
   * Default `delete`.
   */
  readonly cleanup?: TopicCleanup;
  /**
   * Whether a service adds missing partitions when it starts. This changes the partition of a key, so that later events can
   * overtake earlier ones: `at-start` is for topics whose consumers accept the events of a key in any order. With the
   * default `by-hand`, the service reports the difference. docs/events.md describes how to add partitions.
   */
  readonly growth?: TopicGrowth;
}

export type TopicCleanup = 'delete' | 'compact';
export type TopicGrowth = 'at-start' | 'by-hand';

/** A topic of the platform, with the reasons for its configuration. */
export interface DeclaredTopic extends Required<TopicDefinition> {
  readonly reason: string;
}

const DAY_HOURS = 24;

export const ASSETS_TOPIC = 'viernes.video.assets';
export const PLAYBACK_TOPIC = 'viernes.video.playback';

/** All topics of registered events. Each service creates the topics that it uses when it starts. */
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
      'One event per heartbeat and viewer, by far the largest topic. A week is longer than any outage, but limits how far back views can be rebuilt. Handlers do not depend on order: the latest position wins, and views are a sum.',
  },
];
