import { CodedError } from '@viernes/contracts';
import type { z } from 'zod';

/**
 * Checks what a caller sent against a schema.
 *
 * @throws CodedError REQUEST_INVALID with one fault for each thing that is wrong
 */
export function parseRequest<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fieldErrors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new CodedError('REQUEST_INVALID', {}, { fieldErrors });
}
