import { createHash } from 'node:crypto';
import { CodedError, ERRORS, isTransient } from '@viernes/contracts';
import type { FailureReason } from '../dead-letters/dead-letters.js';
import { PermanentError } from '../event/event-handler.js';

/**
 * The kind of a handler's error. It determines what happens to the event.
 * - `database`: the service's own database is unavailable. The failure cannot be stored, so the partition is paused.
 * - `dependency`: another dependency is unavailable. The event is retried until it succeeds.
 * - `permanent`: no retry can succeed.
 * - `unexpected`: the cause is unknown. The event is retried a limited number of times.
 */
export type FailureKind = 'database' | 'dependency' | 'permanent' | 'unexpected';

export function failureKind(error: unknown): FailureKind {
  if (error instanceof PermanentError) return 'permanent';
  if (!(error instanceof CodedError)) return 'unexpected';
  const { code } = error;
  if (isTransient(error)) {
    if (error.details['dependency'] !== 'database') return 'dependency';
    // A statement that is always too slow must not block its partition indefinitely.
    return code === 'DEADLINE_EXCEEDED' ? 'unexpected' : 'database';
  }
  // INTERNAL means that the cause is unknown, so a retry can succeed.
  return ERRORS[code].retry === 'never' && code !== 'INTERNAL' ? 'permanent' : 'unexpected';
}

const MAX_MESSAGE_LENGTH = 1_000;

export function failureReason(error: unknown): FailureReason {
  const { name, message, stack = name } = error instanceof Error ? error : new Error(String(error));
  return {
    errorCode: error instanceof CodedError ? error.code : name,
    // PostgreSQL rejects NUL in text.
    errorMessage: message.replaceAll('\0', '').slice(0, MAX_MESSAGE_LENGTH),
    stackHash: createHash('sha256').update(stack.replace(message, '')).digest('hex').slice(0, 16),
  };
}
