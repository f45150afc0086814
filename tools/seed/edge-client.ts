import { setTimeout as sleep } from 'node:timers/promises';
import { retryDelayMs } from './back-off.ts';

export interface EdgeAccount {
  readonly edgeUrl: string;
  readonly email: string;
  readonly password: string;
  readonly signal?: AbortSignal | undefined;
}

export interface EdgeAnswer<Body> {
  readonly status: number;
  readonly body: Body;
}

/** The edge refused, with the code of the problem it answered (RFC 9457). */
export class EdgeRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(request: string, status: number, problem: { code?: string; traceId?: string; detail?: string }) {
    super(
      `${request} answered ${status} ${problem.code ?? ''} ${problem.detail ?? ''} (trace ${problem.traceId ?? 'unknown'})`,
    );
    this.name = 'EdgeRefusal';
    this.status = status;
    this.code = problem.code ?? 'UNKNOWN';
  }
}

const MOST_ATTEMPTS = 10;
const BUSY_STATUSES: readonly number[] = [429, 502, 503, 504];

/** The HTTP API as one account sees it: signs in when needed, waits and repeats while the edge is busy or away. */
export class EdgeClient {
  readonly #account: EdgeAccount;
  #accessToken: Promise<string> | undefined;

  constructor(account: EdgeAccount) {
    this.#account = account;
  }

  async get<Body>(path: string): Promise<Body> {
    return (await this.#send<Body>('GET', path)).body;
  }

  /** @throws EdgeRefusal for any answer that is not 2xx, once repeating could not help */
  async post<Body>(path: string, body: unknown): Promise<EdgeAnswer<Body>> {
    return this.#send<Body>('POST', path, body);
  }

  async #send<Body>(method: string, path: string, body?: unknown): Promise<EdgeAnswer<Body>> {
    const token = await this.#signedIn();
    const response = await this.#untilHeard(method, path, token, body);
    if (response.status === 401) {
      await response.body?.cancel();
      this.#accessToken = undefined;
      return read(method, path, await this.#untilHeard(method, path, await this.#signedIn(), body));
    }
    return read(method, path, response);
  }

  #signedIn(): Promise<string> {
    this.#accessToken ??= this.#signIn().catch((error: unknown) => {
      this.#accessToken = undefined;
      throw error;
    });
    return this.#accessToken;
  }

  async #signIn(): Promise<string> {
    const { email, password } = this.#account;
    const response = await this.#untilHeard('POST', '/v1/sessions', undefined, { email, password });
    const { body } = await read<{ accessToken: string }>('POST', '/v1/sessions', response);
    return body.accessToken;
  }

  /** Repeats POSTs too: every one sent from here may be repeated without a second effect that anybody sees. */
  async #untilHeard(method: string, path: string, token: string | undefined, body: unknown): Promise<Response> {
    const { edgeUrl, signal } = this.#account;
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    for (let attempt = 1; ; attempt += 1) {
      let retryAfter: string | null = null;
      try {
        const payload = body === undefined ? null : JSON.stringify(body);
        const response = await fetch(new URL(path, edgeUrl), {
          method,
          headers,
          body: payload,
          signal: signal ?? null,
        });
        if (!BUSY_STATUSES.includes(response.status) || attempt === MOST_ATTEMPTS) return response;
        retryAfter = response.headers.get('retry-after');
        await response.body?.cancel();
      } catch (error) {
        if (signal?.aborted || attempt === MOST_ATTEMPTS) throw error;
      }
      await sleep(retryDelayMs(attempt, retryAfter, Date.now(), Math.random()), undefined, { signal });
    }
  }
}

async function read<Body>(method: string, path: string, response: Response): Promise<EdgeAnswer<Body>> {
  const text = await response.text();
  if (!response.ok) throw new EdgeRefusal(`${method} ${path}`, response.status, problemOf(text));
  return { status: response.status, body: JSON.parse(text) as Body };
}

function problemOf(text: string): { code?: string; traceId?: string; detail?: string } {
  try {
    return JSON.parse(text) as { code?: string; traceId?: string; detail?: string };
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
