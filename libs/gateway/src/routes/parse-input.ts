import { CodedError, type FieldError } from '@viernes/contracts';
import { toReason } from '@viernes/platform';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import './fastify-augmentation.js';
import type { InputOf, Operation } from './operation.js';

const INPUT_KINDS = ['params', 'query', 'body'] as const;

/** A small body can contain thousands of errors, and the response and the log line would contain all of them. */
const MAX_FIELD_ERRORS = 20;

/** The path of an unknown field ends with a name that can be any text from the client. */
const MAX_PATH_CHARACTERS = 200;

/**
 * Validates a request against its operation.
 *
 * @throws CodedError REQUEST_INVALID with up to MAX_FIELD_ERRORS field errors. Each unknown field has a separate one
 */
export function parseInput<Declared extends Operation>(
  operation: Declared,
  request: Readonly<Record<(typeof INPUT_KINDS)[number], unknown>>,
): InputOf<Declared> {
  const fieldErrors: FieldError[] = [];
  const input: Record<string, unknown> = {};
  for (const kind of INPUT_KINDS) {
    const parsed = operation[kind]?.safeParse(request[kind]);
    if (parsed?.success) input[kind] = parsed.data;
    else if (parsed) fieldErrors.push(...listFieldErrors(parsed.error, kind));
  }
  if (fieldErrors.length > 0) {
    throw new CodedError('REQUEST_INVALID', {}, { fieldErrors: fieldErrors.slice(0, MAX_FIELD_ERRORS) });
  }
  return input as unknown as InputOf<Declared>;
}

/**
 * Validates a request like `parseInput`. If the operation has no body, repeated calls return the first result: the
 * cache needs the input before the handler does.
 */
export function inputOf<Declared extends Operation>(operation: Declared, request: FastifyRequest): InputOf<Declared> {
  const { params, query, body } = request;
  if (operation.body) return parseInput(operation, { params, query, body });
  request.input ??= parseInput(operation, { params, query, body: undefined });
  return request.input as InputOf<Declared>;
}

/**
 * Lists up to MAX_FIELD_ERRORS errors of invalid input. Each unknown field has a separate one.
 *
 * @param name path of the errors that concern the entire input and not one of its fields, such as `body`
 */
export function listFieldErrors({ issues }: z.ZodError, name: string): FieldError[] {
  const errors = issues.slice(0, MAX_FIELD_ERRORS).flatMap((issue) => toFieldErrors(issue, name));
  return errors.slice(0, MAX_FIELD_ERRORS);
}

function toFieldErrors(issue: z.core.$ZodIssue, kind: string): FieldError[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, MAX_FIELD_ERRORS);
    return keys.map((key) => ({ path: toPath([...path, key]), reason: 'unknownField' }));
  }
  return [{ path: toPath(path) || kind, ...toReason(issue) }];
}

function toPath(names: readonly string[]): string {
  return names.join('.').slice(0, MAX_PATH_CHARACTERS);
}
