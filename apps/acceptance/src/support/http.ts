import { setTimeout as sleep } from 'node:timers/promises';
import { createApiClient, type ApiClient, type Schema } from '@viernes/api-client';
import { config } from '../config.js';

export interface HttpResponse<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export interface RequestOptions {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends any request, including invalid ones. Parses JSON bodies. Returns responses of every status. */
export async function send<Body = unknown>(
  method: string,
  path: string,
  options: RequestOptions = {},
): Promise<HttpResponse<Body>> {
  const { token, body, headers } = options;
  const response = await fetch(new URL(path, config.edgeUrl), {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body, text };
}

export async function get<Body = unknown>(path: string, options: RequestOptions = {}): Promise<HttpResponse<Body>> {
  return send<Body>('GET', path, options);
}

export async function post<Body = unknown>(
  path: string,
  body: unknown,
  options: RequestOptions = {},
): Promise<HttpResponse<Body>> {
  return send<Body>('POST', path, { ...options, body });
}

/** Creates a client for valid requests, typed by the OpenAPI document. */
export function apiClient(token?: string, baseUrl = config.edgeUrl): ApiClient {
  return createApiClient({
    baseUrl,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
}

/** Turns the result of a typed call into a response of any status. */
export async function call<Data>(
  request: Promise<{ readonly data?: Data; readonly error?: unknown; readonly response: Response }>,
): Promise<HttpResponse<Data>> {
  const { data, error, response } = await request;
  const body = response.ok ? data : error;
  return {
    status: response.status,
    headers: response.headers,
    body: body as Data,
    text: typeof body === 'string' ? body : JSON.stringify(body),
  };
}

const MAX_RETRIES = 5;

/** Repeats a request that returns 429, after the seconds in `Retry-After`: the suite signs in more often than one user. */
export async function retryWhenRateLimited<Body>(
  request: () => Promise<HttpResponse<Body>>,
): Promise<HttpResponse<Body>> {
  for (let retry = 0; ; retry += 1) {
    const response = await request();
    const retryAfter = response.headers.get('retry-after');
    if (response.status !== 429 || retryAfter === null || retry === MAX_RETRIES) return response;
    await sleep(Number(retryAfter) * 1000);
  }
}

/**
 * Returns the body of a response with the expected status.
 * @throws Error with the actual status and body
 */
export function requireBody<Body>(response: HttpResponse<Body>, status: number): Body {
  if (response.status !== status)
    throw new Error(`expected status ${status}, got ${response.status}: ${response.text.slice(0, 1000)}`);
  return response.body;
}

/** Asserts that the response is a complete problem (RFC 9457) with this code, and returns it. */
export function expectProblem(
  response: HttpResponse,
  status: number,
  code: Schema<'Problem'>['code'],
): Schema<'Problem'> {
  expect({ status: response.status, contentType: response.headers.get('content-type'), body: response.body }).toEqual({
    status,
    contentType: expect.stringMatching(/^application\/problem\+json/),
    body: expect.objectContaining({
      type: expect.any(String),
      title: expect.any(String),
      status,
      code,
      instance: expect.any(String),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    }),
  });
  return response.body as Schema<'Problem'>;
}
