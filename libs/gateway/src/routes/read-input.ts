import { CodedError, type FieldFault } from '@viernes/contracts';
import type { z } from 'zod';
import type { InputOf, Operation } from './operation.js';

const PARTS = ['params', 'query', 'body'] as const;

/**
 * Checks a request against its operation.
 *
 * @throws CodedError REQUEST_INVALID with a fault for each thing that is wrong, over all parts; a field that nobody asked
 *   for is named as well
 */
export function readInput<Described extends Operation>(
  operation: Described,
  request: Readonly<Record<(typeof PARTS)[number], unknown>>,
): InputOf<Described> {
  const faults: FieldFault[] = [];
  const input: Record<string, unknown> = {};
  for (const part of PARTS) {
    const parsed = operation[part]?.safeParse(request[part]);
    if (parsed?.success) input[part] = parsed.data;
    else if (parsed) faults.push(...parsed.error.issues.flatMap((issue) => faultsOf(issue, part)));
  }
  if (faults.length > 0) throw new CodedError('REQUEST_INVALID', {}, { faults });
  return input as unknown as InputOf<Described>;
}

function faultsOf(issue: z.core.$ZodIssue, part: string): FieldFault[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: 'is not a field of this request' }));
  }
  return [{ path: path.join('.') || part, message: issue.message }];
}
