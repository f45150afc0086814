import type { Logger } from '@nestjs/common';
import { isTransient } from '@viernes/contracts';
import { SpanKind, traced } from '@viernes/platform';
import pRetry from 'p-retry';
import { BACK_OFF } from '../retry/backoff.js';
import type { PresignedUrl } from './presigned-url.js';

/** Object storage cannot process a request now, but can process the same request later. */
export class StorageUnavailableError extends Error {
  override readonly name: string = 'StorageUnavailableError';
}

/** The presigned URL has expired, or its signature is rejected. */
class UrlRejectedError extends StorageUnavailableError {
  override readonly name = 'UrlRejectedError';
}

const REJECTED_URL_STATUS: readonly number[] = [401, 403];
const UNAVAILABLE_STATUS: readonly number[] = [408, 425, 429];
/** S3 error codes that are sent with status 400 although a retry can succeed. */
const REJECTED_URL_CODES: readonly string[] = ['ExpiredToken'];
const UNAVAILABLE_CODES: readonly string[] = ['RequestTimeout', 'IncompleteBody', 'SlowDown'];

/**
 * Repeats an idempotent request with back-off for as long as object storage is unavailable, and renews the URL if object
 * storage rejects it. There is no time limit, because heartbeats extend the lease of the job. An abort of `signal` ends the
 * wait.
 *
 * @throws the signal's reason if it aborts; any error of `attempt` or of the renewal that is not transient
 */
export async function requestWithRetry(
  url: PresignedUrl,
  attempt: (url: string) => Promise<void>,
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Logger },
): Promise<void> {
  let shouldRenew = false;
  let loggedReason: string | undefined;
  await pRetry(
    async () => {
      if (shouldRenew) await url.renew();
      shouldRenew = false;
      await attempt(url.current);
    },
    {
      ...BACK_OFF,
      retries: Infinity,
      signal,
      shouldRetry: ({ error }) => error instanceof StorageUnavailableError || isTransient(error),
      onFailedAttempt: ({ error }) => {
        shouldRenew ||= error instanceof UrlRejectedError;
        if (error.message !== loggedReason) logger.warn({ err: error }, 'object storage request failed');
        loggedReason = error.message;
      },
    },
  );
  if (loggedReason !== undefined) logger.log('object storage request succeeded after retries');
}

/**
 * Sends one request to a presigned URL. Errors never contain the URL, because it is a credential.
 *
 * @returns a response with a success status
 * @throws StorageUnavailableError if there is no response, or if its status is temporary; Error for any other status
 */
export function fetchObject(url: string, init: RequestInit): Promise<Response> {
  const method = init.method ?? 'GET';
  const describe = () => ({
    name: method,
    kind: SpanKind.CLIENT,
    attributes: { 'http.request.method': method, 'server.address': new URL(url).hostname },
  });
  return traced(describe, () => request(url, init));
}

async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: 'error' }).catch((cause: unknown) => {
    throw new StorageUnavailableError('no response from object storage', { cause });
  });
  if (response.ok) return response;
  const { status } = response;
  const code = await readS3ErrorCode(response);
  const message = `object storage returned ${status}${code && ` ${code}`} for a ${init.method ?? 'GET'}`;
  if (REJECTED_URL_STATUS.includes(status) || REJECTED_URL_CODES.includes(code)) throw new UrlRejectedError(message);
  if (status >= 500 || UNAVAILABLE_STATUS.includes(status) || UNAVAILABLE_CODES.includes(code)) {
    throw new StorageUnavailableError(message);
  }
  throw new Error(message);
}

async function readS3ErrorCode(response: Response): Promise<string> {
  // Reading the body also returns the connection to the pool.
  const body = await response.text().catch(() => '');
  return /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? '';
}
