import { defineOperation, type Operation } from '@viernes/gateway';
import { z } from 'zod';
import { items } from './policies.js';

const read = {
  method: 'GET',
  tag: 'bench',
  summary: 'Read',
  auth: 'optional',
  scope: 'any',
  success: { status: 200, description: 'Items', schema: items },
  errors: [],
} as const;

/** All of them return the same items. Each declares one more property than the first. */
export const OPERATIONS: readonly Operation[] = [
  defineOperation({ ...read, operationId: 'listItems', path: '/v1/items' }),
  defineOperation({
    ...read,
    operationId: 'listValidatedItems',
    path: '/v1/validated-items',
    query: z.strictObject({
      pageSize: z.coerce.number().int().min(1).max(100).default(20),
      genre: z.string().max(50).optional(),
      order: z.enum(['newest', 'name']).default('newest'),
    }),
  }),
  defineOperation({
    ...read,
    operationId: 'listCachedItems',
    path: '/v1/cached-items',
    cache: { ttlSeconds: 600, staleSeconds: 600, tags: () => ['items'] },
  }),
  defineOperation({ ...read, operationId: 'listTaggedItems', path: '/v1/tagged-items', returnsEntityTag: true }),
  defineOperation({ ...read, operationId: 'play', path: '/v1/playback', priority: 'playback' }),
  defineOperation({
    ...read,
    operationId: 'createItems',
    method: 'POST',
    path: '/v1/items',
    idempotency: 'stored',
    body: items,
  }),
];
