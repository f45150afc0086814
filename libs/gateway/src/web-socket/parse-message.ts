import { CodedError, type FieldError } from '@viernes/contracts';
import type { z } from 'zod';
import { listFieldErrors } from '../routes/parse-input.js';
import { findShapeError } from '../server/json-shape.js';

export interface ParsedMessage {
  /** Undefined if the text is invalid. */
  readonly message?: unknown;
  /** The field `id` of the message, even if the message is invalid. */
  readonly id?: string | undefined;
  readonly error?: CodedError;
}

const MAX_ID_LENGTH = 100;

/** Parses and validates a message, like `parseInput` for requests. Errors are REQUEST_INVALID with field errors. */
export function parseMessage(text: string, schema: z.ZodType): ParsedMessage {
  const shapeError = findShapeError(text);
  if (shapeError) return { error: toError([{ path: 'message', ...shapeError }]) };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { error: toError([{ path: 'message', reason: 'notJson' }]) };
  }
  const id = findId(value);
  const { success, data, error } = schema.safeParse(value);
  return success ? { message: data, id } : { id, error: toError(listFieldErrors(error, 'message')) };
}

function toError(fieldErrors: readonly FieldError[]): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors });
}

function findId(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return undefined;
  return value.id.slice(0, MAX_ID_LENGTH);
}
