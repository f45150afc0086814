import { USAGE_DAYS, USAGE_DIMENSIONS, USAGE_INTERVALS, USAGE_ORDERS } from '@viernes/contracts';
import { fieldError, pageSize, timestamp, uuid } from '@viernes/platform';
import { z } from 'zod';

const DAY_MS = 86_400_000;

/** The numbers of a protobuf enum are the positions in the list, starting with 1. */
function oneOf<Value extends string>(values: readonly [Value, ...Value[]]) {
  return z
    .int()
    .min(1)
    .max(values.length)
    .transform((position) => values[position - 1] ?? values[0]);
}

export const ListUsageRequest = z
  .object({
    from: timestamp,
    to: timestamp,
    interval: oneOf(USAGE_INTERVALS),
    dimensions: z.array(oneOf(USAGE_DIMENSIONS)).max(USAGE_DIMENSIONS.length),
    order: oneOf(USAGE_ORDERS),
    accountId: uuid.optional(),
    apiKeyId: uuid.optional(),
    operation: z.string().max(100).optional(),
    pageSize: pageSize(100, 1_000),
    cursor: z.string().max(600),
  })
  .refine(({ from, to }) => to > from && to.getTime() - from.getTime() <= USAGE_DAYS * DAY_MS, {
    path: ['to'],
    ...fieldError('usagePeriod', { days: USAGE_DAYS }),
  });

export type ListUsageRequest = z.infer<typeof ListUsageRequest>;
