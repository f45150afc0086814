import { readJson, send } from '../api/http.js';
import { Problem } from '../api/problem.js';
import type { Session } from '../api/types.js';
import { isFresh } from './expiry.js';
import { sessionStore } from './session-store.js';

const LOCK = 'viernes.refresh';
let inFlight: Promise<Session | undefined> | undefined;

/**
 * Asks for a new access token with the refresh cookie. One at a time in this tab, and one at a time in all tabs: a
 * refresh token works once, so a tab that waited for the lock takes what the other tab was given.
 *
 * @param rejectedToken the token that was refused or runs out; another one found in the store is used as it is
 * @returns undefined when nobody is signed in
 * @throws Problem when the edge cannot be asked; the session then stays as it was
 */
export function refreshSession(rejectedToken?: string): Promise<Session | undefined> {
  inFlight ??= exclusively(() => refreshUnlessDone(rejectedToken)).finally(() => {
    inFlight = undefined;
  });
  return inFlight;
}

async function refreshUnlessDone(rejectedToken?: string): Promise<Session | undefined> {
  const current = sessionStore.get();
  if (
    current.status === 'signed-in' &&
    current.session.accessToken !== rejectedToken &&
    isFresh(current.session, Date.now())
  ) {
    return current.session;
  }
  try {
    const session = await readJson<Session>(await send('/v1/sessions/refresh', { method: 'POST' }));
    sessionStore.set({ status: 'signed-in', session });
    return session;
  } catch (error) {
    if (!(error instanceof Problem) || (error.status !== 401 && error.status !== 403)) throw error;
    sessionStore.set({ status: 'signed-out' });
    return undefined;
  }
}

// Web Locks exist in secure contexts only; over plain HTTP from another host each tab is on its own.
async function exclusively<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? await navigator.locks.request(LOCK, work) : await work();
}
