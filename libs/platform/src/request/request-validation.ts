import { StandardSchemaValidationPipe, type PipeTransform } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import type { z } from 'zod';
import { toFieldErrors } from './field-errors.js';

/**
 * Validates the arguments declared with `@Payload({ schema })`. The method receives the output of the schema.
 * A request that does not match fails with REQUEST_INVALID and one field error for each issue.
 */
export function createRequestValidationPipe(): PipeTransform {
  // All schemas are zod schemas.
  const exceptionFactory = (issues: readonly unknown[]) => toRequestInvalid(issues as readonly z.core.$ZodIssue[]);
  return new StandardSchemaValidationPipe({ exceptionFactory });
}

/**
 * Validates data that does not arrive as the payload of a gRPC method.
 *
 * @throws CodedError REQUEST_INVALID with one field error for each issue
 */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw toRequestInvalid(parsed.error.issues);
}

function toRequestInvalid(issues: readonly z.core.$ZodIssue[]): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: toFieldErrors(issues) });
}
