import { createHash } from 'node:crypto';
import { CodedError, ERRORS, isTransient } from '@viernes/contracts';
import { PermanentError } from '../port/permanent-error.js';

/**
 * What is to be done about an error of a handler.
 * - `hold`: our own database cannot be used; nothing could even be noted, so the partition waits.
 * - `away`: something else is away; the event is tried until it is back.
 * - `permanent`: no try can mend it.
 * - `fault`: it may be the event's or ours; tried a few times.
 */
export type FailureKind = 'hold' | 'away' | 'permanent' | 'fault';

export function failureKind(error: unknown): FailureKind {
  if (error instanceof PermanentError) return 'permanent';
  if (!(error instanceof CodedError)) return 'fault';
  const { code } = error;
  const { retry } = ERRORS[code];
  if (isTransient(error)) {
    if (error.details['dependency'] !== 'database') return 'away';
    // A statement that is always too slow must not stop its partition for ever.
    return code === 'DEADLINE_EXCEEDED' ? 'fault' : 'hold';
  }
  // INTERNAL says that nobody knew better: that may be over in a moment.
  return retry === 'never' && code !== 'INTERNAL' ? 'permanent' : 'fault';
}

const MESSAGE_LIMIT = 1_000;

export interface FailureReason {
  /** A code of the error table, or the class of the error. */
  readonly code: string;
  /** At most 1000 characters. */
  readonly message: string;
  /** 16 hexadecimal digits, equal for equal faults: groups a thousand dead letters into the few causes that they have. */
  readonly stackHash: string;
}

export function failureReason(error: unknown): FailureReason {
  const { name, message, stack = name } = error instanceof Error ? error : new Error(String(error));
  return {
    code: error instanceof CodedError ? error.code : name,
    // PostgreSQL takes no NUL in a text.
    message: message.replaceAll('\0', '').slice(0, MESSAGE_LIMIT),
    stackHash: createHash('sha256').update(stack.replace(message, '')).digest('hex').slice(0, 16),
  };
}
