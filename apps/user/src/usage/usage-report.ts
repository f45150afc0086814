import type { UsageDimension, UsageInterval, UsageOrder } from '@viernes/contracts';

/** Selects the calls of a report, and how they are grouped and sorted. */
export interface UsageQuery {
  readonly from: Date;
  readonly to: Date;
  readonly interval: UsageInterval;
  readonly dimensions: readonly UsageDimension[];
  readonly order: UsageOrder;
  /** Undefined: all accounts. */
  readonly accountId: string | undefined;
  readonly apiKeyId: string | undefined;
  readonly operation: string | undefined;
}

/** The calls of an interval. Dimensions that were not requested are null. */
export interface UsageRow {
  readonly startsAt: Date;
  readonly accountId: string | null;
  readonly apiKeyId: string | null;
  readonly operation: string | null;
  readonly status: number | null;
  readonly calls: number;
  readonly clientErrors: number;
  readonly serverErrors: number;
  readonly responseBytes: number;
  readonly durations: ReadonlyMap<number, number>;
  readonly email: string | null;
  readonly plan: string | null;
  readonly apiKeyName: string | null;
  readonly apiKeyPrefix: string | null;
}
