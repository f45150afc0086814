/** The required configuration of a topic on the broker. */
export interface TopicDefinition {
  readonly name: string;
  /**
   * Can increase, but never decrease. A service adds missing partitions when it starts. This changes the partition of a
   * key, so that later events can overtake earlier ones.
   */
  readonly partitions: number;
  /** Retention of events on the broker. Infinity retains them indefinitely. */
  readonly retentionHours: number;
}

/** A topic of the platform, with the reasons for its configuration. */
export interface DeclaredTopic extends TopicDefinition {
  readonly reason: string;
}

const DAY_HOURS = 24;

const DELETION_HOURS = 7 * DAY_HOURS;

export const ASSETS_TOPIC = 'viernes.video.assets';
export const PLAYBACK_TOPIC = 'viernes.video.playback';
export const TITLES_TOPIC = 'viernes.catalog.titles';
export const DELETIONS_TOPIC = 'viernes.user.deletions';
export const VIDEO_DELETIONS_TOPIC = 'viernes.video.deletions';
export const UPLOADS_TOPIC = 'viernes.video.uploads';
export const ACCOUNTS_TOPIC = 'viernes.user.accounts';
export const CATALOG_DELETIONS_TOPIC = 'viernes.catalog.deletions';
export const USAGE_TOPIC = 'viernes.edge.usage';

/** All topics of registered events. When a service starts, it creates the topics that it uses. */
export const TOPICS: readonly DeclaredTopic[] = [
  {
    name: ASSETS_TOPIC,
    partitions: 6,
    retentionHours: Infinity,
    reason:
      'Retained indefinitely because the catalog rebuilds the assets of its titles from it. Each asset causes one small event. Handlers do not depend on order: the newest publication wins.',
  },
  {
    name: PLAYBACK_TOPIC,
    partitions: 6,
    retentionHours: 7 * DAY_HOURS,
    reason:
      'One event per heartbeat and viewer, by far the largest topic. A week is longer than any outage, but limits how far back views can be rebuilt. Handlers do not depend on order: the latest position wins, and views are a sum.',
  },
  {
    name: TITLES_TOPIC,
    partitions: 3,
    retentionHours: DAY_HOURS,
    reason:
      'The events invalidate caches and are shown to connected clients. A late reader needs none of them, so the retention is the shortest that daily segments allow. A few partitions suffice, because each process reads all of them for its cache.',
  },
  {
    name: UPLOADS_TOPIC,
    partitions: 3,
    retentionHours: DAY_HOURS,
    reason:
      'The events are only shown to clients that are connected or reconnect soon. A video causes tens of events, whose order matters.',
  },
  {
    name: ACCOUNTS_TOPIC,
    partitions: 3,
    retentionHours: 7 * DAY_HOURS,
    reason:
      'The catalog disables webhooks after role changes, even if it was unavailable for days. The other events are only shown to connected clients. A few events per sign-in.',
  },
  {
    name: DELETIONS_TOPIC,
    partitions: 1,
    retentionHours: DELETION_HOURS,
    reason:
      'A few events per day. A week is longer than any outage, and the user service repeats requests without a response. Handlers do not depend on order.',
  },
  {
    name: VIDEO_DELETIONS_TOPIC,
    partitions: 1,
    retentionHours: DELETION_HOURS,
    reason: 'The responses of the video service, one per request.',
  },
  {
    name: CATALOG_DELETIONS_TOPIC,
    partitions: 1,
    retentionHours: DELETION_HOURS,
    reason: 'The responses of the catalog, one per request.',
  },
  {
    name: USAGE_TOPIC,
    partitions: 3,
    retentionHours: 7 * DAY_HOURS,
    reason:
      'One event per second and edge that has calls. A week is longer than any outage of the user service. Handlers do not depend on order: counts are a sum.',
  },
];
