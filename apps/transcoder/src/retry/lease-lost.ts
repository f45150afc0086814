import { CodedError } from '@viernes/contracts';

/** Returns whether the video service rejected a call because another worker owns the job. A retry would fail, too. */
export function isLeaseLost(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'LEASE_LOST';
}
