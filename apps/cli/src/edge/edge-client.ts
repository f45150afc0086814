import { createApiClient, type ApiClient } from '@viernes/api-client';
import { setTimeout as sleep } from 'node:timers/promises';
import { EdgeResponseError, EdgeUnreachableError, parseProblem, toReason } from './edge-errors.js';
import { retryDelayMs } from './retry-delay.js';

interface SignIn {
  readonly email: string;
  readonly password: string;
}

/** The email and password of an account, or one of its API keys. */
export type EdgeCredentials = SignIn | { readonly apiKey: string };

export interface EdgeClientOptions {
  readonly edgeUrl: string;
  readonly credentials: EdgeCredentials;
  /** How long one request is retried, in seconds. Default 60. */
  readonly waitSeconds?: number | undefined;
  /**
   * `unavailable` also retries while the edge is unreachable or a service is unavailable. `rate-limited` retries only
   * after 429, so that an operator sees a failure immediately. Default `unavailable`.
   */
  readonly retryWhile?: 'unavailable' | 'rate-limited' | undefined;
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A failed request that is about to be retried. */
export interface Retry {
  /** Method and URL. */
  readonly request: string;
  readonly reason: string;
  /** Time since the first attempt. */
  readonly waitedMs: number;
}

const DEFAULT_WAIT_SECONDS = 60;
/** Longer than the slowest response (completing an upload). Without this timeout, a lost packet blocks for minutes. */
const RESPONSE_TIMEOUT_MS = 150_000;
const RETRIED_STATUSES = { 'rate-limited': [429], unavailable: [429, 502, 503, 504] } as const;

/**
 * A client of the HTTP API for one account. Signs in, renews the session after 401, and retries. An API key needs no
 * session.
 */
export class EdgeClient {
  /** A call rejects with EdgeResponseError if the response is not 2xx, and with EdgeUnreachableError if none arrives. */
  readonly api: ApiClient;
  readonly #anonymousApi: ApiClient;
  readonly #options: EdgeClientOptions;
  #accessToken: Promise<string> | undefined;

  constructor(options: EdgeClientOptions) {
    this.#options = options;
    const { edgeUrl: baseUrl } = options;
    this.api = createApiClient({
      baseUrl,
      fetch: async (request) => requireSuccess(request, await this.#authorize(request)),
    });
    this.#anonymousApi = createApiClient({
      baseUrl,
      fetch: async (request) => requireSuccess(request, await this.#retry(request)),
    });
  }

  get url(): string {
    return this.#options.edgeUrl;
  }

  async #authorize(request: Request): Promise<Response> {
    const { credentials } = this.#options;
    if ('apiKey' in credentials) return this.#retry(withToken(request, credentials.apiKey));
    const repeated = request.clone();
    const response = await this.#retry(withToken(request, await this.#getAccessToken(credentials)));
    if (response.status !== 401) return response;
    await response.body?.cancel();
    this.#accessToken = undefined;
    return this.#retry(withToken(repeated, await this.#getAccessToken(credentials)));
  }

  #getAccessToken(account: SignIn): Promise<string> {
    this.#accessToken ??= this.#signIn(account).catch((error: unknown) => {
      this.#accessToken = undefined;
      throw error;
    });
    return this.#accessToken;
  }

  async #signIn(body: SignIn): Promise<string> {
    const { accessToken } = await requireData(this.#anonymousApi.POST('/v1/sessions', { body }));
    if (accessToken === undefined) throw new Error('POST /v1/sessions returned no access token');
    return accessToken;
  }

  /** Also retries POST requests, because all attempts have the same idempotency key. */
  async #retry(request: Request): Promise<Response> {
    const { signal, onRetry, waitSeconds = DEFAULT_WAIT_SECONDS, retryWhile = 'unavailable' } = this.#options;
    const label = `${request.method} ${request.url}`;
    const startedAt = performance.now();
    for (let attempt = 1; ; attempt += 1) {
      const isLast = performance.now() - startedAt >= waitSeconds * 1000;
      let retryAfter: string | null = null;
      let reason: string;
      try {
        const response = await fetch(request.clone(), { signal: withTimeout(signal) });
        if (isLast || !(await isRetried(response, retryWhile))) return response;
        retryAfter = response.headers.get('retry-after');
        reason = String(response.status);
        await response.body?.cancel();
      } catch (error) {
        signal?.throwIfAborted();
        const waitedSeconds = Math.round((performance.now() - startedAt) / 1000);
        if (isLast || retryWhile === 'rate-limited') throw new EdgeUnreachableError(label, waitedSeconds, error);
        reason = toReason(error);
      }
      const waitedMs = performance.now() - startedAt;
      onRetry?.({ request: label, reason, waitedMs });
      const remainingMs = Math.max(0, waitSeconds * 1000 - waitedMs);
      const delayMs = retryDelayMs(attempt, retryAfter, Date.now(), Math.random());
      await sleep(Math.min(remainingMs, delayMs), undefined, { signal });
    }
  }
}

async function isRetried(response: Response, retryWhile: keyof typeof RETRIED_STATUSES): Promise<boolean> {
  const statuses: readonly number[] = RETRIED_STATUSES[retryWhile];
  if (![409, 429].includes(response.status)) return statuses.includes(response.status);
  const { code } = parseProblem(await response.clone().text());
  // An earlier attempt received no response, but the service is still processing it.
  if (response.status === 409) return code === 'IDEMPOTENCY_KEY_IN_USE';
  // Not QUOTA_EXCEEDED: the next month starts too late for a retry.
  return code !== 'QUOTA_EXCEEDED';
}

/** Returns the body of a successful call. @throws Error if it has no body */
export async function requireData<Data>(
  call: Promise<{ readonly data?: Data; readonly response: Response }>,
): Promise<Data> {
  const { data, response } = await call;
  if (data === undefined) throw new Error(`${response.url} returned ${response.status} without a body`);
  return data;
}

async function requireSuccess({ method, url }: Request, response: Response): Promise<Response> {
  if (response.ok) return response;
  const { pathname } = new URL(url);
  throw new EdgeResponseError(`${method} ${pathname}`, response.status, parseProblem(await response.text()));
}

function withToken(request: Request, token: string): Request {
  request.headers.set('authorization', `Bearer ${token}`);
  return request;
}

function withTimeout(signal: AbortSignal | undefined): AbortSignal {
  const timeout = AbortSignal.timeout(RESPONSE_TIMEOUT_MS);
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}
