import type { ProblemBody } from './types.js';

/** An answer of the edge that is not a success, or no answer at all (code NETWORK). */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly traceId: string | undefined;
  readonly errors: NonNullable<ProblemBody['errors']>;

  constructor(body: ProblemBody, options?: ErrorOptions) {
    super(body.detail ?? body.title, options);
    this.name = 'Problem';
    this.code = body.code;
    this.status = body.status;
    this.traceId = body.traceId;
    this.errors = body.errors ?? [];
  }
}

/** Reads a failed response; anything that is not problem details becomes a plain problem of that status. */
export async function problemOf(response: Response): Promise<Problem> {
  const fallback: ProblemBody = { title: 'Something went wrong', status: response.status, code: 'INTERNAL' };
  if (!response.headers.get('content-type')?.includes('json')) return new Problem(fallback);
  const body: unknown = await response.json().catch(() => undefined);
  return new Problem({ ...fallback, ...(body as Partial<ProblemBody> | undefined) });
}

export function networkProblem(cause: unknown): Problem {
  return new Problem({ title: 'Viernes does not answer', status: 0, code: 'NETWORK' }, { cause });
}

/** What a person reads for a code. The server's own title is the answer for codes without a row. */
const SENTENCES: Readonly<Record<string, string>> = {
  NETWORK: 'We cannot reach Viernes. Check your connection and try again.',
  CREDENTIALS_WRONG: 'That email and password do not match.',
  EMAIL_TAKEN: 'There is already an account with this email. Sign in instead.',
  SESSION_ENDED: 'Your session has ended. Sign in again.',
  UNAUTHENTICATED: 'Sign in first.',
  FORBIDDEN: 'This account may not do that.',
  RATE_LIMITED: 'That was a little fast. Wait a moment and try again.',
  OVERLOADED: 'It is a busy night. Try again in a moment.',
  DEPENDENCY_UNAVAILABLE: 'A part of Viernes is away. Try again in a moment.',
  DEADLINE_EXCEEDED: 'That took too long. Try again in a moment.',
  TITLE_NOT_FOUND: 'This title is not in the catalogue.',
  TITLE_EXISTS: 'A title like this already exists.',
  TITLE_NOT_PLAYABLE: 'There is no film to play for this title yet.',
  STREAM_LIMIT_REACHED:
    'This account is already playing on as many screens as it may. Stop one of them, or wait a minute.',
  UPLOAD_TOO_LARGE: 'This file is larger than an upload may be.',
  UPLOAD_CLOSED: 'This upload is no longer open. Start it again.',
  UPLOAD_INCOMPLETE: 'Some parts did not arrive. Continue the upload to send them again.',
  UPLOAD_SIZE_MISMATCH: 'What arrived has another size than the file. Upload it again.',
  UPLOAD_CHECKSUM_MISMATCH: 'What arrived differs from the file. Upload it again.',
  UPLOAD_LIMIT_REACHED: 'Too many uploads are open. Finish or cancel one first.',
  SOURCE_UNREADABLE: 'This file is not a film that we can read.',
  SOURCE_LIMIT_EXCEEDED: 'This film is longer, larger or more complex than allowed.',
  TRANSCODE_FAILED: 'The film could not be transcoded. Try another version of the file.',
};

/** One sentence for a person. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Problem)) return 'Something went wrong.';
  return SENTENCES[error.code] ?? error.message;
}

/** One sentence for a coded failure that came as data, an asset's failureCode for one. */
export function sentenceOfCode(code: string | null): string {
  return (code === null ? undefined : SENTENCES[code]) ?? 'The film could not be prepared.';
}
