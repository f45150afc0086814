import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';

export const getOpenApi = defineOperation({
  operationId: 'getOpenApi',
  method: 'GET',
  path: '/v1/openapi.json',
  tag: 'about',
  summary: 'This document',
  bearer: 'ignored',
  success: { status: 200, description: 'OpenAPI 3.1', schema: z.looseObject({ openapi: z.string() }) },
  errors: [],
});

const problemType = z
  .object({
    type: z.string(),
    code: z.string(),
    title: z.string(),
    status: z.int(),
    retry: z.enum(['never', 'later']).describe('Whether the same request may succeed when repeated'),
  })
  .meta({ id: 'ProblemType' });

export const getProblemType = defineOperation({
  operationId: 'getProblemType',
  method: 'GET',
  path: '/problems/:type',
  tag: 'about',
  summary: "What a problem's type means",
  bearer: 'ignored',
  params: z.strictObject({ type: z.string().min(1).max(64) }),
  success: { status: 200, description: 'The row of the error table', schema: problemType },
  errors: ['ROUTE_NOT_FOUND'],
});

export const documentOperations = [getOpenApi, getProblemType];
