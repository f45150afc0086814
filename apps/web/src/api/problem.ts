import type { Schema } from '@viernes/api-client';
import { getChosenLanguage } from '../language/chosen-language.js';

/** An error code of the API, or a failure that only the browser observes. */
export type ProblemCode =
  | Schema<'ErrorCode'>
  | 'NETWORK'
  | 'PART_REJECTED'
  | 'PLAYBACK_UNSUPPORTED'
  | 'PROVIDER_CANCELED'
  | 'PASSKEY_CANCELED'
  | 'PASSKEY_EXISTS'
  | 'PASSKEY_UNSUPPORTED';

export interface ProblemFields {
  readonly title: string;
  /** HTTP status; 0 if no response arrived. */
  readonly status: number;
  readonly code: ProblemCode;
  readonly errors?: readonly Schema<'FieldError'>[];
}

/** A response that is not a success (RFC 9457), or a failure without a response. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly fieldErrors: readonly Schema<'FieldError'>[];

  constructor(fields: ProblemFields, options?: ErrorOptions) {
    super(fields.title, options);
    this.name = 'Problem';
    this.code = fields.code;
    this.status = fields.status;
    this.fieldErrors = fields.errors ?? [];
  }
}

/** Whether a later attempt can succeed, because no response arrived, or a service is unavailable. */
export function isTemporary(error: Error): boolean {
  return error instanceof Problem && (error.status === 0 || error.status >= 502);
}

/** Reads the problem of a failed response. A body that is not JSON, from a proxy for example, becomes INTERNAL. */
async function toProblem(response: Response): Promise<Problem> {
  const fallback: ProblemFields = { title: 'Unknown error', status: response.status, code: 'INTERNAL' };
  if (!response.headers.get('content-type')?.includes('json')) return new Problem(fallback);
  const body: unknown = await response.json().catch(() => undefined);
  return new Problem({ ...fallback, ...(body as Partial<ProblemFields> | undefined) });
}

/**
 * Sends a request to the edge.
 * @throws Problem if the response is not a success, or if none arrives (code NETWORK)
 */
export async function fetchOrThrow(request: Request): Promise<Response> {
  const language = getChosenLanguage();
  // Without a choice, the browser sends the languages of its settings.
  if (language !== undefined) request.headers.set('accept-language', language);
  // Requests access tokens in a cookie, and proves that this page sent the request: other sites cannot set the header.
  request.headers.set('viernes-session', 'cookie');
  const response = await fetch(request).catch((cause: unknown) => {
    if (request.signal.aborted) throw cause;
    throw new Problem({ title: 'No response', status: 0, code: 'NETWORK' }, { cause });
  });
  if (!response.ok) throw await toProblem(response);
  return response;
}

/** Returns the body of a successful response. The client throws a Problem for all others. */
export async function readData<Data>(call: Promise<{ readonly data?: Data }>): Promise<Data> {
  const { data } = await call;
  return data as Data;
}
