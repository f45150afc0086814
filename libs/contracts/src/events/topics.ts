/** A topic as it must be on the broker. */
export interface TopicDefinition {
  readonly name: string;
  /** May grow, never shrink; growing moves keys to other partitions, so start high enough. */
  readonly partitions: number;
  readonly retentionHours: number;
}

const DAY_HOURS = 24;

export const TITLES_TOPIC = 'viernes.catalog.titles';
export const ASSETS_TOPIC = 'viernes.video.assets';
export const PLAYBACK_TOPIC = 'viernes.video.playback';

/** Every topic of the platform; each service makes those it needs at start. */
export const TOPICS: readonly TopicDefinition[] = [
  { name: TITLES_TOPIC, partitions: 6, retentionHours: 30 * DAY_HOURS },
  { name: ASSETS_TOPIC, partitions: 6, retentionHours: 30 * DAY_HOURS },
  { name: PLAYBACK_TOPIC, partitions: 6, retentionHours: 7 * DAY_HOURS },
];
