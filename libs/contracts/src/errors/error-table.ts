import { status } from '@grpc/grpc-js';

/** What a caller may do about an error: never repeat the same request, or repeat it later. */
export type Retry = 'never' | 'later';

export interface ErrorRow {
  readonly grpc: status;
  readonly http: number;
  readonly title: string;
  readonly retry: Retry;
}

/**
 * Everything that can go wrong, once: the gRPC status between services and the HTTP status at the edge stand side by
 * side so that they cannot disagree. docs/errors.md has a row for each; a test compares them both ways.
 *
 * @see RFC 9457 for how the edge answers them
 */
export const ERRORS = {
  // Requests
  REQUEST_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, title: 'The request is not valid', retry: 'never' },
  CURSOR_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, title: 'The cursor is not one of ours', retry: 'never' },
  BODY_TOO_LARGE: { grpc: status.INVALID_ARGUMENT, http: 413, title: 'The body is too large', retry: 'never' },
  MEDIA_TYPE_UNSUPPORTED: {
    grpc: status.INVALID_ARGUMENT,
    http: 415,
    title: 'The body has an unsupported type',
    retry: 'never',
  },
  ROUTE_NOT_FOUND: { grpc: status.UNIMPLEMENTED, http: 404, title: 'No such address', retry: 'never' },
  METHOD_NOT_ALLOWED: {
    grpc: status.UNIMPLEMENTED,
    http: 405,
    title: 'The path does not support this method',
    retry: 'never',
  },

  // Who is asking
  UNAUTHENTICATED: { grpc: status.UNAUTHENTICATED, http: 401, title: 'Sign in first', retry: 'never' },
  CREDENTIALS_WRONG: { grpc: status.UNAUTHENTICATED, http: 401, title: 'Email or password is wrong', retry: 'never' },
  SESSION_ENDED: { grpc: status.UNAUTHENTICATED, http: 401, title: 'The session has ended', retry: 'never' },
  FORBIDDEN: { grpc: status.PERMISSION_DENIED, http: 403, title: 'This account may not do that', retry: 'never' },

  // Accounts and profiles
  EMAIL_TAKEN: { grpc: status.ALREADY_EXISTS, http: 409, title: 'An account with this email exists', retry: 'never' },
  PROFILE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'No such profile', retry: 'never' },

  // Titles
  TITLE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'No such title', retry: 'never' },
  TITLE_EXISTS: {
    grpc: status.ALREADY_EXISTS,
    http: 409,
    title: 'A title with this external id exists',
    retry: 'never',
  },
  TITLE_NOT_PLAYABLE: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'This title has no film to play yet',
    retry: 'later',
  },

  // Uploads
  UPLOAD_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'No such upload', retry: 'never' },
  UPLOAD_TOO_LARGE: { grpc: status.INVALID_ARGUMENT, http: 413, title: 'The file is too large', retry: 'never' },
  UPLOAD_CLOSED: { grpc: status.FAILED_PRECONDITION, http: 409, title: 'The upload is no longer open', retry: 'never' },
  UPLOAD_INCOMPLETE: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'Parts of the upload are missing',
    retry: 'later',
  },
  UPLOAD_SIZE_MISMATCH: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'Stored bytes differ from the declared size',
    retry: 'never',
  },
  UPLOAD_CHECKSUM_MISMATCH: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'Stored bytes differ from the declared checksum',
    retry: 'never',
  },
  UPLOAD_LIMIT_REACHED: {
    grpc: status.RESOURCE_EXHAUSTED,
    http: 429,
    title: 'Too many uploads are open',
    retry: 'later',
  },

  // Assets and jobs
  ASSET_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'No such asset', retry: 'never' },
  SOURCE_UNREADABLE: {
    grpc: status.FAILED_PRECONDITION,
    http: 422,
    title: 'The file is not a film we can read',
    retry: 'never',
  },
  SOURCE_LIMIT_EXCEEDED: {
    grpc: status.FAILED_PRECONDITION,
    http: 422,
    title: 'The film is longer, larger or more complex than allowed',
    retry: 'never',
  },
  TRANSCODE_FAILED: { grpc: status.INTERNAL, http: 500, title: 'The film could not be transcoded', retry: 'never' },
  LEASE_LOST: { grpc: status.ABORTED, http: 409, title: 'Another worker holds this job', retry: 'never' },

  // Playback
  PLAYBACK_NOT_FOUND: {
    grpc: status.NOT_FOUND,
    http: 404,
    title: 'No such playback session, or it has ended',
    retry: 'never',
  },
  RENDITION_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'No such rendition', retry: 'never' },
  STREAM_LIMIT_REACHED: {
    grpc: status.RESOURCE_EXHAUSTED,
    http: 429,
    title: 'This account plays on too many screens',
    retry: 'later',
  },

  // Events
  DEAD_LETTER_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'No such dead letter', retry: 'never' },
  DEAD_LETTER_RESOLVED: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'The dead letter was redriven or dropped before',
    retry: 'never',
  },

  // The platform itself
  RATE_LIMITED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, title: 'Too many requests', retry: 'later' },
  OVERLOADED: { grpc: status.RESOURCE_EXHAUSTED, http: 503, title: 'Too busy, try again', retry: 'later' },
  DEPENDENCY_UNAVAILABLE: {
    grpc: status.UNAVAILABLE,
    http: 503,
    title: 'A part of the service is away',
    retry: 'later',
  },
  DEADLINE_EXCEEDED: { grpc: status.DEADLINE_EXCEEDED, http: 504, title: 'The answer took too long', retry: 'later' },
  INTERNAL: { grpc: status.INTERNAL, http: 500, title: 'Internal error', retry: 'never' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** Whether a text received from outside is the code of a row. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
