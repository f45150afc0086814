import type { TopicDefinition } from '@viernes/contracts';

const HOUR_MS = 3_600_000;
const FOR_EVER = '-1';

/** Settings of a topic that its declaration says; all others are the broker's affair. */
export const DECLARED_SETTINGS = ['retention.ms', 'cleanup.policy'] as const;
export type DeclaredSetting = (typeof DECLARED_SETTINGS)[number];
export type TopicSettings = Readonly<Record<DeclaredSetting, string>>;

export interface FoundTopic {
  readonly partitions: number;
  /** Undefined where we may not look. */
  readonly settings: TopicSettings | undefined;
}

export interface TopicDifference {
  readonly topic: string;
  readonly setting: DeclaredSetting | 'partitions';
  readonly declared: string;
  readonly found: string;
}

/** What a start does about a topic that is there. */
export interface TopicPlan {
  /** The number of partitions to grow to. */
  readonly growTo: number | undefined;
  readonly alter: Readonly<Partial<Pick<TopicSettings, 'retention.ms'>>>;
  /** Left as it is, for a person to decide. */
  readonly differences: readonly TopicDifference[];
}

/** The settings of a declaration, as Kafka writes them. */
export function settingsOf({ retentionHours, cleanup = 'delete' }: TopicDefinition): TopicSettings {
  const retentionMs = retentionHours === Infinity ? FOR_EVER : String(retentionHours * HOUR_MS);
  return { 'retention.ms': retentionMs, 'cleanup.policy': cleanup };
}

/**
 * Compares a topic with its declaration. What can only keep more is done: a longer retention, and more partitions where the
 * declaration says that the order of a key does not matter. What could lose events or their order is reported: a shorter
 * retention, another clean-up, partitions of an ordered topic. Fewer partitions than there are cannot be made at all.
 */
export function planTopic(declared: TopicDefinition, found: FoundTopic): TopicPlan {
  const differences: TopicDifference[] = [];
  let alter: TopicPlan['alter'] = {};
  const report = (setting: TopicDifference['setting'], wanted: string, is: string): void => {
    differences.push({ topic: declared.name, setting, declared: wanted, found: is });
  };

  const mayGrow = declared.growth === 'at-start' && declared.partitions > found.partitions;
  if (declared.partitions !== found.partitions && !mayGrow) {
    report('partitions', String(declared.partitions), String(found.partitions));
  }
  const settings = settingsOf(declared);
  for (const setting of DECLARED_SETTINGS) {
    const [wanted, is] = [settings[setting], found.settings?.[setting]];
    if (is === undefined || wanted === is) continue;
    if (setting === 'retention.ms' && keepsLonger(wanted, is)) alter = { [setting]: wanted };
    else report(setting, wanted, is);
  }
  return { growTo: mayGrow ? declared.partitions : undefined, alter, differences };
}

function keepsLonger(wanted: string, is: string): boolean {
  if (is === FOR_EVER) return false;
  return wanted === FOR_EVER || Number(wanted) > Number(is);
}
