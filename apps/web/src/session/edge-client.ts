import { createApiClient, type Schema } from '@viernes/api-client';
import { Problem, fetchOrThrow } from '../api/problem.js';
import { isFresh } from './expiry.js';
import { refreshSession } from './refresh-session.js';
import { sessionStore } from './session-store.js';

async function currentSession(): Promise<Schema<'Session'> | undefined> {
  const state = sessionStore.get();
  if (state.status === 'signed-out') return undefined;
  if (state.status === 'signed-in' && isFresh(state.session, Date.now())) return state.session;
  if (state.status === 'unknown' && !sessionStore.wasSignedIn()) return undefined;
  return refreshSession();
}

/**
 * Lets the browser add the cookie with the access token if a user is signed in. Reads always use the credentials mode of
 * the preloaded home page: the browser uses the preloaded response only for a request with the same mode.
 */
function authorize(request: Request, session: Schema<'Session'> | undefined): Request {
  return new Request(request, { credentials: session || isRead(request) ? 'same-origin' : 'omit' });
}

const isRead = ({ method }: Request): boolean => method === 'GET';

/**
 * Sends a request with the access token of the session, if there is one. If the token is rejected, repeats the request once
 * with a new token. Without a session, repeats a read without the cookie, which belongs to a session that has ended.
 */
async function fetchWithSession(request: Request): Promise<Response> {
  const session = await currentSession();
  // A body can be read only once.
  const repetition = request.clone();
  try {
    return await fetchOrThrow(authorize(request, session));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error;
    if (!session && isRead(repetition)) return fetchOrThrow(new Request(repetition, { credentials: 'omit' }));
    if (!session) throw error;
    const renewed = await refreshSession(session);
    if (!renewed) throw error;
    return fetchOrThrow(authorize(repetition, renewed));
  }
}

/** Sends a request that outlives the page. It does not wait for a renewal. */
function sendOnUnload(request: Request): Promise<Response> {
  const state = sessionStore.get();
  const session = state.status === 'signed-in' ? state.session : undefined;
  return fetchOrThrow(authorize(new Request(request, { keepalive: true }), session));
}

/** Calls the API on behalf of the user. Each call throws a Problem if it does not succeed. */
export const edge = createApiClient({ baseUrl: '', fetch: fetchWithSession });

/** Sends the last requests of a page. */
export const edgeOnUnload = createApiClient({ baseUrl: '', fetch: sendOnUnload });
