import { CodedError, type FieldError } from '@viernes/contracts';
import type { z } from 'zod';
import type { InputOf, Operation } from './operation.js';

const PARTS = ['params', 'query', 'body'] as const;

/** Faults that are told of. A small body can have thousands, and the answer and its log line would be many times its size. */
const MAX_FAULTS = 20;

/** Of a path, whose last name may be the sender's own invention. */
const MAX_PATH_CHARACTERS = 200;

/**
 * Checks a request against its operation.
 *
 * @throws CodedError REQUEST_INVALID with a fault for each thing that is wrong, over all parts, up to MAX_FAULTS; a field
 *   that nobody asked for is named as well
 */
export function parseInput<Described extends Operation>(
  operation: Described,
  request: Readonly<Record<(typeof PARTS)[number], unknown>>,
): InputOf<Described> {
  const fieldErrors: FieldError[] = [];
  const input: Record<string, unknown> = {};
  for (const part of PARTS) {
    const parsed = operation[part]?.safeParse(request[part]);
    if (parsed?.success) input[part] = parsed.data;
    else if (parsed)
      fieldErrors.push(...parsed.error.issues.slice(0, MAX_FAULTS).flatMap((issue) => toFieldErrors(issue, part)));
  }
  if (fieldErrors.length > 0)
    throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: fieldErrors.slice(0, MAX_FAULTS) });
  return input as unknown as InputOf<Described>;
}

function toFieldErrors(issue: z.core.$ZodIssue, part: string): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, MAX_FAULTS);
    return keys.map((key) => ({ path: pathText([...path, key]), message: 'is not a field of this request' }));
  }
  return [{ path: pathText(path) || part, message: issue.message }];
}

function pathText(names: readonly string[]): string {
  return names.join('.').slice(0, MAX_PATH_CHARACTERS);
}
