import { ERRORS, type ErrorCode } from '@viernes/contracts';
import { PROBLEM_NAMESPACE } from '@viernes/gateway';
import { z } from 'zod';

export const errorCode = z.enum(Object.keys(ERRORS) as ErrorCode[]).meta({ id: 'ErrorCode' });

const fieldError = z.object({ path: z.string(), message: z.string() }).meta({
  id: 'FieldError',
  examples: [{ path: 'profileName', message: 'must have at least 1 character' }],
});

export const problem = z
  .object({
    type: z.string().describe('Path of the description of this problem type'),
    title: z.string(),
    status: z.int(),
    code: errorCode,
    instance: z.string().describe('Path of the request'),
    traceId: z.string().describe('Identifies the request in the logs'),
    errors: z
      .array(fieldError)
      .optional()
      .describe('Up to 20 invalid fields. The path is `body` if no field can be named'),
  })
  .meta({ id: 'Problem', xml: { name: 'problem', namespace: PROBLEM_NAMESPACE } });
