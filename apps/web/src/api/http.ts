import { networkProblem, problemOf } from './problem.js';

export interface HttpRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly body?: unknown;
  readonly accessToken?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Lets the request outlive the page: the last heartbeat and the farewell. */
  readonly keepalive?: boolean;
  readonly accept?: string;
}

/**
 * One request to the edge, with no session logic.
 * @throws Problem for every answer that is not a success, and for no answer (code NETWORK)
 */
export async function send(path: string, request: HttpRequest = {}): Promise<Response> {
  const headers = new Headers({ accept: request.accept ?? 'application/json' });
  if (request.body !== undefined) headers.set('content-type', 'application/json');
  if (request.accessToken) headers.set('authorization', `Bearer ${request.accessToken}`);
  const response = await fetch(path, {
    method: request.method ?? 'GET',
    headers,
    credentials: 'same-origin',
    body: request.body === undefined ? null : JSON.stringify(request.body),
    signal: request.signal ?? null,
    keepalive: request.keepalive ?? false,
  }).catch((error: unknown) => {
    if (request.signal?.aborted) throw error;
    throw networkProblem(error);
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** The JSON body of a successful response; undefined when there is none (204). */
export async function readJson<T>(response: Response): Promise<T> {
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}
