import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { errorCode } from './problem.schema.js';

export const getOpenApi = defineOperation({
  operationId: 'getOpenApi',
  method: 'GET',
  path: '/v1/openapi.json',
  tag: 'about',
  summary: 'Get this document',
  auth: 'none',
  success: {
    status: 200,
    description: 'OpenAPI 3.1',
    schema: z.looseObject({ openapi: z.string() }).meta({ id: 'OpenApiDocument' }),
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
  auth: 'none',
  params: z.strictObject({
    type: z
      .string()
      .min(1)
      .max(64)
      .describe('Last segment of `type` in a problem')
      .meta({ examples: ['title-not-found'] }),
  }),
  success: { status: 200, description: 'The entry of the error table', schema: problemType },
  errors: ['ROUTE_NOT_FOUND'],
});

export const documentOperations = [getOpenApi, getProblemType];
