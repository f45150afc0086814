import { StandardSchemaValidationPipe, type PipeTransform } from '@nestjs/common';
import { CodedError, type FieldError } from '@viernes/contracts';
import type { z } from 'zod';

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Validates the arguments declared with `@Payload({ schema })`. The method receives the output of the schema.
 * A request that does not match fails with REQUEST_INVALID and one field error for each issue.
 */
export function createRequestValidationPipe(): PipeTransform {
  return new StandardSchemaValidationPipe({ exceptionFactory: toRequestInvalid });
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

/** Names the field of each issue: `genres.0`. */
export function toFieldErrors(issues: readonly Issue[]): FieldError[] {
  return issues.map(({ path = [], message }) => ({
    path: path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
    message,
  }));
}

function toRequestInvalid(issues: readonly Issue[]): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: toFieldErrors(issues) });
}
