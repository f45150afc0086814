import type { Schema } from '@viernes/api-client';

/** A proxy in front of the edge can return text instead of a problem. Then `detail` contains it. */
type Problem = Partial<Schema<'Problem'>> & { readonly detail?: string };

/** A response that is not 2xx, with the code of its problem (RFC 9457). */
export class EdgeResponseError extends Error {
  readonly status: number;
  readonly code: string;

  /** @param request method and path, without the query: presigned URLs contain tokens */
  constructor(request: string, status: number, { code, title, traceId, detail }: Problem) {
    const reason = [code, title, detail].filter((word) => word !== undefined && word !== '').join(' ');
    super(`${request} returned ${status} ${reason}`.trimEnd() + (traceId === undefined ? '' : ` (trace ${traceId})`));
    this.name = 'EdgeResponseError';
    this.status = status;
    this.code = code ?? 'UNKNOWN';
  }
}

/** The edge did not respond, not even to a retry if there was one. */
export class EdgeUnreachableError extends Error {
  /** @param waitedSeconds 0 if there was no retry */
  constructor(request: string, waitedSeconds: number, cause: unknown) {
    const time = waitedSeconds === 0 ? '' : ` within ${waitedSeconds} s`;
    super(`${request} received no response${time}: ${toReason(cause)}`, { cause });
    this.name = 'EdgeUnreachableError';
  }
}

/** The edge or object storage sent no complete response to a GET or PUT of media. */
export class MediaUnreachableError extends Error {
  /** @param edgeUrl distinguishes the edge from object storage, whose public endpoint can be unreachable from here */
  constructor(method: string, url: URL, edgeUrl: string, cause: unknown) {
    const isObjectStorage = url.origin !== new URL(edgeUrl).origin;
    const hint =
      `\n${url.origin} is the public endpoint of object storage (media.publicEndpoint, S3_PUBLIC_ENDPOINT). ` +
      `Every client that uploads or plays must reach it. Without a public endpoint, media passes through the edge.`;
    super(
      `${method} ${url.origin}${url.pathname} received no complete response: ${toReason(cause)}${isObjectStorage ? hint : ''}`,
      { cause },
    );
    this.name = 'MediaUnreachableError';
  }
}

/** Parses a problem document. Text that is not JSON becomes the detail. */
export function parseProblem(text: string): Problem {
  try {
    return JSON.parse(text) as Problem;
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

/** Returns the code of the cause, such as ECONNREFUSED, because fetch only reports "fetch failed". */
export function toReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
