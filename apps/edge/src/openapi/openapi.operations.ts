import { defineOperation, type CachePolicy } from '@viernes/gateway';
import { z } from 'zod';
import { errorCode } from '../problem/problem.schema.js';

/** The responses change only with the version of the edge. Clients can receive those of the previous version for minutes. */
const UNTIL_RESTART: CachePolicy = { ttlSeconds: 300, staleSeconds: 3_600, tags: () => [] };

export const getOpenApi = defineOperation({
  operationId: 'getOpenApi',
  method: 'GET',
  path: '/v1/openapi.json',
  tag: 'about',
  summary: 'Get this document',
  auth: 'none',
  quota: 'exempt',
  cache: UNTIL_RESTART,
  success: {
    status: 200,
    description: 'OpenAPI 3.1',
    schema: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' }),
    isJsonOnly: true,
  },
  errors: [],
});

const problemType = z
  .object({
    type: z.string(),
    code: errorCode,
    title: z.string(),
    status: z.int(),
    retry: z.enum(['never', 'later']).describe('`later` if the same request can succeed when repeated'),
  })
  .meta({
    id: 'ProblemType',
    examples: [
      { type: '/problems/rate-limited', code: 'RATE_LIMITED', title: 'Too many requests', status: 429, retry: 'later' },
    ],
  });

export const getProblemType = defineOperation({
  operationId: 'getProblemType',
  method: 'GET',
  path: '/problems/:type',
  tag: 'about',
  summary: 'Get the description of a problem type',
  // Not cached: the response depends on the language, and is only an entry of a table.
  auth: 'none',
  quota: 'exempt',
  params: z.strictObject({
    type: z
      .string()
      .min(1)
      .max(64)
      .describe('Last segment of `type` in a problem')
      .meta({ examples: ['title-not-found'] }),
  }),
  success: {
    status: 200,
    description: 'The entry of the error table, with the title in an accepted language',
    schema: problemType,
  },
  errors: ['ROUTE_NOT_FOUND'],
});

export const documentOperations = [getOpenApi, getProblemType];
