/** What of a problem (RFC 9457) is of use to whoever reads a line on a terminal. */
export interface ProblemText {
  readonly code?: string;
  readonly traceId?: string;
  readonly detail?: string;
}

/** The edge refused, with the code of the problem it answered. */
export class EdgeRefusal extends Error {
  readonly status: number;
  readonly code: string;

  /** @param request method and path: addresses with tokens are for nobody's log */
  constructor(request: string, status: number, { code, traceId, detail }: ProblemText) {
    const what = [String(status), code, detail].filter((word) => word !== undefined && word !== '').join(' ');
    super(`${request} answered ${what}${traceId === undefined ? '' : ` (trace ${traceId})`}`);
    this.name = 'EdgeRefusal';
    this.status = status;
    this.code = code ?? 'UNKNOWN';
  }
}

/** Nothing answered for as long as it was waited for. */
export class EdgeSilence extends Error {
  constructor(request: string, waitSeconds: number, cause: unknown) {
    super(`${request} was not answered in ${waitSeconds} s: ${reasonOf(cause)}`, { cause });
    this.name = 'EdgeSilence';
  }
}

/** A GET or PUT of bytes that nothing answered, here or at the store. */
export class BytesSilence extends Error {
  /** @param edgeUrl told apart from the store, whose public address may mean nothing where this runs */
  constructor(method: string, url: URL, edgeUrl: string, cause: unknown) {
    const isStore = url.origin !== new URL(edgeUrl).origin;
    const hint =
      `\n${url.origin} is the store's public address (media.publicEndpoint, S3_PUBLIC_ENDPOINT): browsers must reach it, ` +
      `and whoever sends or plays a film from here does not. Without one all bytes go through the edge.`;
    super(`${method} ${url.origin}${url.pathname} was not answered: ${reasonOf(cause)}${isStore ? hint : ''}`, {
      cause,
    });
    this.name = 'BytesSilence';
  }
}

export function problemOf(text: string): ProblemText {
  try {
    return JSON.parse(text) as ProblemText;
  } catch {
    return { detail: text.slice(0, 200) };
  }
}

/** Of "fetch failed" the cause tells what happened: ECONNREFUSED, ENOTFOUND. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}
