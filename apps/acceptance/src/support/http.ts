import { config } from '../config.js';

export interface Answer<Body = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
  readonly text: string;
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly instance: string;
  readonly traceId: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

export interface RequestParts {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request, as curl would send it; JSON bodies are parsed, nothing is thrown for any status. */
export async function send<Body = unknown>(
  method: string,
  path: string,
  parts: RequestParts = {},
): Promise<Answer<Body>> {
  const { token, body, headers } = parts;
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

export async function get<Body = unknown>(path: string, parts: RequestParts = {}): Promise<Answer<Body>> {
  return send<Body>('GET', path, parts);
}

export async function post<Body = unknown>(
  path: string,
  body: unknown,
  parts: RequestParts = {},
): Promise<Answer<Body>> {
  return send<Body>('POST', path, { ...parts, body });
}

/** The body of an answer that must have this status; shows the problem when it has another. */
export function bodyOf<Body>(answer: Answer<Body>, status: number): Body {
  if (answer.status !== status)
    throw new Error(`expected ${status}, got ${answer.status}: ${answer.text.slice(0, 1000)}`);
  return answer.body;
}

/** Asserts that the answer is a whole problem (RFC 9457) with this code, and gives it for more. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  expect({ status: answer.status, contentType: answer.headers.get('content-type'), body: answer.body }).toEqual({
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
  return answer.body as Problem;
}
