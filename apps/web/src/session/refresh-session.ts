import { createApiClient, type Schema } from '@viernes/api-client';
import { Problem, readData, fetchOrThrow } from '../api/problem.js';
import { isFresh } from './expiry.js';
import { sessionStore } from './session-store.js';

const LOCK = 'viernes.refresh';
/** Sends requests without an access token, such as those with the refresh cookie or a password. */
export const publicEdge = createApiClient({ baseUrl: '', fetch: fetchOrThrow });
let inFlight: Promise<Schema<'Session'> | undefined> | undefined;

/**
 * Requests a new access token with the refresh cookie. Runs in one tab at a time, because a refresh token works
 * only once: a tab that waited for the lock uses the token that the other tab received.
 *
 * @param rejected the session whose access token was rejected or expires; a newer session is returned unchanged
 * @returns undefined if no user is signed in
 * @throws Problem if the edge cannot be reached; the session then stays unchanged
 */
export function refreshSession(rejected?: Schema<'Session'>): Promise<Schema<'Session'> | undefined> {
  inFlight ??= withLock(() => refreshUnlessDone(rejected)).finally(() => {
    inFlight = undefined;
  });
  return inFlight;
}

async function refreshUnlessDone(rejected?: Schema<'Session'>): Promise<Schema<'Session'> | undefined> {
  const current = sessionStore.get();
  if (
    current.status === 'signed-in' &&
    current.session.accessExpiresAt !== rejected?.accessExpiresAt &&
    isFresh(current.session, Date.now())
  ) {
    return current.session;
  }
  try {
    const session = await readData(publicEdge.POST('/v1/sessions/refresh'));
    sessionStore.set({ status: 'signed-in', session });
    return session;
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 401 && error.status !== 403)) throw error;
    sessionStore.set({ status: 'signed-out' });
    return undefined;
  }
}

// Web Locks exist only in secure contexts. Over plain HTTP from another host, tabs do not coordinate.
async function withLock<Result>(work: () => Promise<Result>): Promise<Result> {
  return 'locks' in navigator ? await navigator.locks.request(LOCK, work) : await work();
}
