import { type HttpRequest, readJson, send } from '../api/http.js';
import { Problem } from '../api/problem.js';
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

/**
 * A request on behalf of whoever is signed in, or of nobody. A refused token is refreshed and the request made once more.
 * @throws Problem
 */
export async function sendAuthorised(path: string, request: HttpRequest = {}): Promise<Response> {
  const accessToken = await currentToken();
  try {
    return await send(path, { ...request, accessToken });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401 || accessToken === undefined) throw error;
    const renewed = await refreshSession(accessToken);
    if (!renewed) throw error;
    return await send(path, { ...request, accessToken: renewed.accessToken });
  }
}

/** The same, answered as JSON. */
export async function requestJson<T>(path: string, request: HttpRequest = {}): Promise<T> {
  return readJson<T>(await sendAuthorised(path, request));
}

/** For the moment a page goes away: no waiting for a refresh, no answer read. */
export function sendFarewell(path: string, request: HttpRequest): void {
  const state = sessionStore.get();
  const accessToken = state.status === 'signed-in' ? state.session.accessToken : undefined;
  void send(path, { ...request, accessToken, keepalive: true }).catch(() => undefined);
}
