import { ERRORS, type ErrorCode } from '@viernes/contracts';
import { z } from 'zod';

export const problem = z
  .object({
    type: z.string().describe('/problems/title-not-found: what it means can be read there'),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(ERRORS) as ErrorCode[]),
    detail: z.string().optional(),
    instance: z.string(),
    traceId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
