import { CodedError } from '@viernes/contracts';

/** Returns whether the video service rejected a call because the lease of the job is lost. A retry would fail, too. */
export function isLeaseLost(error: unknown): boolean {
  return error instanceof CodedError && error.code === 'LEASE_LOST';
}
