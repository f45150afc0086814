import type { TopicDefinition } from '@viernes/contracts';

const HOUR_MS = 3_600_000;
const UNLIMITED = '-1';

export interface ExistingTopic {
  readonly partitions: number;
  /** As Kafka formats it: -1 is unlimited. Undefined if the service is not authorized to read it. */
  readonly retentionMs: string | undefined;
}

export interface TopicDrift {
  readonly topic: string;
  readonly setting: 'partitions' | 'retention.ms';
  readonly declared: string;
  readonly found: string;
}

/** The changes at start to an existing topic. */
export interface TopicPlan {
  /** The new number of partitions. */
  readonly growTo?: number;
  /** The new retention. */
  readonly retentionMs?: string;
  /** Not changed: an operator decides. */
  readonly drift: readonly TopicDrift[];
}

/** Returns the declared retention as Kafka formats it. */
export function toRetentionMs({ retentionHours }: TopicDefinition): string {
  return retentionHours === Infinity ? UNLIMITED : String(retentionHours * HOUR_MS);
}

/**
 * Compares a topic with its declaration. Plans changes that lose no event: more partitions and a longer retention. Reports
 * a shorter retention, and fewer partitions, which Kafka does not support.
 */
export function planTopic(declared: TopicDefinition, found: ExistingTopic): TopicPlan {
  const { name: topic, partitions } = declared;
  const retentionMs = toRetentionMs(declared);
  const drift: TopicDrift[] = [];
  if (partitions < found.partitions) {
    drift.push({ topic, setting: 'partitions', declared: String(partitions), found: String(found.partitions) });
  }
  const isShorter = found.retentionMs !== undefined && isLonger(found.retentionMs, retentionMs);
  if (isShorter) drift.push({ topic, setting: 'retention.ms', declared: retentionMs, found: found.retentionMs });
  return {
    ...(partitions > found.partitions && { growTo: partitions }),
    ...(found.retentionMs !== undefined && isLonger(retentionMs, found.retentionMs) && { retentionMs }),
    drift,
  };
}

function isLonger(retentionMs: string, other: string): boolean {
  if (other === UNLIMITED) return false;
  return retentionMs === UNLIMITED || Number(retentionMs) > Number(other);
}
