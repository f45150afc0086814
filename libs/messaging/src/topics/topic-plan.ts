import type { TopicDefinition } from '@viernes/contracts';

const HOUR_MS = 3_600_000;
const UNLIMITED = '-1';

/** The settings that a declaration determines. The broker decides all others. */
export const DECLARED_SETTINGS = ['retention.ms', 'cleanup.policy'] as const;
export type DeclaredSetting = (typeof DECLARED_SETTINGS)[number];
export type TopicSettings = Readonly<Record<DeclaredSetting, string>>;

export interface ExistingTopic {
  readonly partitions: number;
  /** Undefined if the service is not authorized to read them. */
  readonly settings: TopicSettings | undefined;
}

export interface TopicDrift {
  readonly topic: string;
  readonly setting: DeclaredSetting | 'partitions';
  readonly declared: string;
  readonly found: string;
}

/** The changes at start to an existing topic. */
export interface TopicPlan {
  /** The new number of partitions. */
  readonly growTo: number | undefined;
  /** The new retention. */
  readonly retentionMs: string | undefined;
  /** Not changed: an operator decides. */
  readonly drift: readonly TopicDrift[];
}

/** The settings of a declaration in Kafka's format. */
export function toTopicSettings({ retentionHours, cleanup = 'delete' }: TopicDefinition): TopicSettings {
  const retentionMs = retentionHours === Infinity ? UNLIMITED : String(retentionHours * HOUR_MS);
  return { 'retention.ms': retentionMs, 'cleanup.policy': cleanup };
}

/**
 * Compares a topic with its declaration. Plans changes that lose no event: a longer retention, and more partitions if the
 * declaration allows growth at start. Reports all others: a shorter retention, another cleanup policy, more partitions of
 * an ordered topic, and fewer partitions, which Kafka does not support.
 */
export function planTopic(declared: TopicDefinition, found: ExistingTopic): TopicPlan {
  const drift: TopicDrift[] = [];
  const canGrow = declared.growth === 'at-start' && declared.partitions > found.partitions;
  if (declared.partitions !== found.partitions && !canGrow) {
    const counts = { declared: String(declared.partitions), found: String(found.partitions) };
    drift.push({ topic: declared.name, setting: 'partitions', ...counts });
  }
  let retentionMs: string | undefined;
  const settings = toTopicSettings(declared);
  for (const setting of DECLARED_SETTINGS) {
    const [wanted, current] = [settings[setting], found.settings?.[setting]];
    if (current === undefined || wanted === current) continue;
    if (setting === 'retention.ms' && isLonger(wanted, current)) retentionMs = wanted;
    else drift.push({ topic: declared.name, setting, declared: wanted, found: current });
  }
  return { growTo: canGrow ? declared.partitions : undefined, retentionMs, drift };
}

function isLonger(wanted: string, current: string): boolean {
  if (current === UNLIMITED) return false;
  return wanted === UNLIMITED || Number(wanted) > Number(current);
}
