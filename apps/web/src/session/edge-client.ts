import { createApiClient } from '@viernes/api-client';
import { Problem, fetchOrThrow } from '../api/problem.js';
import { isFresh } from './expiry.js';
import { refreshSession } from './refresh-session.js';
import { sessionStore } from './session-store.js';

async function currentToken(): Promise<string | undefined> {
  const state = sessionStore.get();
  if (state.status === 'signed-out') return undefined;
  if (state.status === 'signed-in' && isFresh(state.session, Date.now())) return state.session.accessToken;
  if (state.status === 'unknown' && !sessionStore.hasHint()) return undefined;
  return (await refreshSession())?.accessToken;
}

function authorize(request: Request, accessToken: string | undefined): Request {
  if (accessToken !== undefined) request.headers.set('authorization', `Bearer ${accessToken}`);
  return request;
}

/** Sends a request with the access token, if there is one. Renews a rejected token and repeats the request once. */
async function fetchWithSession(request: Request): Promise<Response> {
  const accessToken = await currentToken();
  // A body can be read only once.
  const repetition = request.clone();
  try {
    return await fetchOrThrow(authorize(request, accessToken));
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401 || accessToken === undefined) throw error;
    const renewed = await refreshSession(accessToken);
    if (!renewed) throw error;
    return fetchOrThrow(authorize(repetition, renewed.accessToken));
  }
}

/** Sends a request that outlives the page. It uses the token at hand and does not wait for a renewal. */
function sendOnUnload(request: Request): Promise<Response> {
  const state = sessionStore.get();
  const accessToken = state.status === 'signed-in' ? state.session.accessToken : undefined;
  return fetchOrThrow(authorize(new Request(request, { keepalive: true }), accessToken));
}

/** The API on behalf of the user. Each call throws a Problem if it does not succeed. */
export const edge = createApiClient({ baseUrl: '', fetch: fetchWithSession });

/** The API for the last requests of a page. */
export const edgeOnUnload = createApiClient({ baseUrl: '', fetch: sendOnUnload });
