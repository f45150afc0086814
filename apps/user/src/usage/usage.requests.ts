import { USAGE_RETENTION_DAYS, USAGE_DIMENSIONS, USAGE_INTERVALS, USAGE_ORDERS } from '@viernes/contracts';
import { fieldError, pageSize, timestamp, uuid } from '@viernes/platform';
import { z } from 'zod';
import { protobufEnum } from '../protobuf-enum.js';

const DAY_MS = 86_400_000;

export const ListUsageRequest = z
  .object({
    from: timestamp,
    to: timestamp,
    interval: protobufEnum(USAGE_INTERVALS),
    dimensions: z.array(protobufEnum(USAGE_DIMENSIONS)).max(USAGE_DIMENSIONS.length),
    order: protobufEnum(USAGE_ORDERS),
    accountId: uuid.optional(),
    apiKeyId: uuid.optional(),
    operation: z.string().max(100).optional(),
    pageSize: pageSize(100, 1_000),
    cursor: z.string().max(600),
  })
  .refine(({ from, to }) => to > from && to.getTime() - from.getTime() <= USAGE_RETENTION_DAYS * DAY_MS, {
    path: ['to'],
    ...fieldError('usagePeriod', { days: USAGE_RETENTION_DAYS }),
  });

export type ListUsageRequest = z.infer<typeof ListUsageRequest>;
