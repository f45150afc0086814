import { setTimeout as sleep } from 'node:timers/promises';
import { retryDelayMs } from './back-off.js';
import { EdgeRefusal, EdgeSilence, problemOf, reasonOf } from './problem.js';

export interface EdgeAccount {
  readonly edgeUrl: string;
  readonly email: string;
  readonly password: string;
  /** How long one request is repeated while the edge is away or busy; a minute where absent. */
  readonly waitSeconds?: number | undefined;
  readonly onWait?: ((wait: Wait) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A request that was not answered, or with "later", and is about to be repeated. */
export interface Wait {
  /** Method and address. */
  readonly request: string;
  readonly reason: string;
  /** Since the first try. */
  readonly waitedMs: number;
}

export interface EdgeAnswer<Body> {
  readonly status: number;
  readonly body: Body;
}

const DEFAULT_WAIT_SECONDS = 60;
/** More than the edge takes for its slowest answer (completing an upload); without it a lost packet hangs for minutes. */
const ANSWER_TIMEOUT_MS = 150_000;
const BUSY_STATUSES: readonly number[] = [429, 502, 503, 504];

/** The HTTP API as one account sees it: signs in when needed, waits and repeats while the edge is busy or away. */
export class EdgeClient {
  readonly #account: EdgeAccount;
  #accessToken: Promise<string> | undefined;

  constructor(account: EdgeAccount) {
    this.#account = account;
  }

  get url(): string {
    return this.#account.edgeUrl;
  }

  async get<Body>(path: string): Promise<Body> {
    return (await this.#send<Body>('GET', path)).body;
  }

  /** @throws EdgeRefusal for any answer that is not 2xx, EdgeSilence for none, once repeating could not help */
  async post<Body>(path: string, body: unknown): Promise<EdgeAnswer<Body>> {
    return this.#send<Body>('POST', path, body);
  }

  async delete(path: string): Promise<void> {
    await this.#send('DELETE', path);
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
    const { edgeUrl, signal, onWait, waitSeconds = DEFAULT_WAIT_SECONDS } = this.#account;
    const url = new URL(path, edgeUrl);
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const payload = body === undefined ? null : JSON.stringify(body);
    const startedAt = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const isLast = performance.now() - startedAt >= waitSeconds * 1000;
      let retryAfter: string | null = null;
      let reason: string;
      try {
        const response = await fetch(url, { method, headers, body: payload, signal: patience(signal) });
        if (!BUSY_STATUSES.includes(response.status) || isLast) return response;
        retryAfter = response.headers.get('retry-after');
        reason = String(response.status);
        await response.body?.cancel();
      } catch (error) {
        signal?.throwIfAborted();
        if (isLast) throw new EdgeSilence(`${method} ${url.href}`, waitSeconds, error);
        reason = reasonOf(error);
      }
      const waitedMs = performance.now() - startedAt;
      onWait?.({ request: `${method} ${url.href}`, reason, waitedMs });
      const leftMs = Math.max(0, waitSeconds * 1000 - waitedMs);
      await sleep(Math.min(leftMs, retryDelayMs(attempt, retryAfter, Date.now(), Math.random())), undefined, {
        signal,
      });
    }
  }
}

function patience(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}

async function read<Body>(method: string, path: string, response: Response): Promise<EdgeAnswer<Body>> {
  const text = await response.text();
  if (!response.ok) throw new EdgeRefusal(`${method} ${path}`, response.status, problemOf(text));
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
}
