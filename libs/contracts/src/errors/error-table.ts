import { status } from '@grpc/grpc-js';

/** Whether a client can retry the same request: never, or later. */
export type Retry = 'never' | 'later';

export interface ErrorRow {
  readonly grpc: status;
  readonly http: number;
  readonly title: string;
  readonly retry: Retry;
}

/**
 * All error codes. Each has one row with the gRPC status between services and the HTTP status at the edge, so that the two
 * cannot disagree. A test compares the rows with docs/errors.md in both directions.
 *
 * @see RFC 9457 for the responses of the edge
 */
export const ERRORS = {
  // Requests
  REQUEST_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, title: 'The request is invalid', retry: 'never' },
  POSITION_INVALID: {
    grpc: status.INVALID_ARGUMENT,
    http: 400,
    title: 'The header Viernes-Position is invalid',
    retry: 'never',
  },
  CURSOR_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, title: 'The cursor is invalid', retry: 'never' },
  BODY_TOO_LARGE: { grpc: status.INVALID_ARGUMENT, http: 413, title: 'The body is too large', retry: 'never' },
  NOT_ACCEPTABLE: {
    grpc: status.INVALID_ARGUMENT,
    http: 406,
    title: 'The response is not available in an accepted media type',
    retry: 'never',
  },
  MEDIA_TYPE_UNSUPPORTED: {
    grpc: status.INVALID_ARGUMENT,
    http: 415,
    title: 'The media type or encoding of the body is not supported',
    retry: 'never',
  },
  PRECONDITION_REQUIRED: {
    grpc: status.FAILED_PRECONDITION,
    http: 428,
    title: 'The request requires the header If-Match',
    retry: 'never',
  },
  ROUTE_NOT_FOUND: { grpc: status.UNIMPLEMENTED, http: 404, title: 'The path does not exist', retry: 'never' },
  METHOD_NOT_ALLOWED: {
    grpc: status.UNIMPLEMENTED,
    http: 405,
    title: 'The path does not support this method',
    retry: 'never',
  },

  // Authentication and authorization
  UNAUTHENTICATED: { grpc: status.UNAUTHENTICATED, http: 401, title: 'Authentication is required', retry: 'never' },
  CREDENTIALS_WRONG: {
    grpc: status.UNAUTHENTICATED,
    http: 401,
    title: 'Email or password is incorrect',
    retry: 'never',
  },
  SESSION_ENDED: { grpc: status.UNAUTHENTICATED, http: 401, title: 'The session has ended', retry: 'never' },
  FORBIDDEN: {
    grpc: status.PERMISSION_DENIED,
    http: 403,
    title: 'The account does not have the required role',
    retry: 'never',
  },

  // Accounts and profiles
  EMAIL_TAKEN: { grpc: status.ALREADY_EXISTS, http: 409, title: 'An account with this email exists', retry: 'never' },
  PROFILE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The profile does not exist', retry: 'never' },

  // Titles
  TITLE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The title does not exist', retry: 'never' },
  TITLE_EXISTS: {
    grpc: status.ALREADY_EXISTS,
    http: 409,
    title: 'A title with this external ID exists',
    retry: 'never',
  },
  TITLE_NOT_PLAYABLE: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'The title has no playable video yet',
    retry: 'later',
  },

  TITLE_CHANGED: {
    grpc: status.ABORTED,
    http: 412,
    title: 'The title has changed since it was read',
    retry: 'never',
  },
  TITLE_NOT_A_SERIES: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'Only a series has seasons',
    retry: 'never',
  },
  TITLE_HAS_EPISODES: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'The videos of a series belong to its episodes',
    retry: 'never',
  },
  SEASON_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The season does not exist', retry: 'never' },
  PERSON_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The person does not exist', retry: 'never' },

  // Uploads
  UPLOAD_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The upload does not exist', retry: 'never' },
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
    title: 'Open upload limit reached',
    retry: 'later',
  },

  // Assets and jobs
  ASSET_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The asset does not exist', retry: 'never' },
  SOURCE_UNREADABLE: {
    grpc: status.FAILED_PRECONDITION,
    http: 422,
    title: 'The file is not a supported video',
    retry: 'never',
  },
  SOURCE_LIMIT_EXCEEDED: {
    grpc: status.FAILED_PRECONDITION,
    http: 422,
    title: 'The video exceeds a limit on duration, size, or complexity',
    retry: 'never',
  },
  TRANSCODE_FAILED: { grpc: status.INTERNAL, http: 500, title: 'The video could not be transcoded', retry: 'never' },
  LEASE_LOST: {
    grpc: status.ABORTED,
    http: 409,
    title: 'The lease has expired or the job is finished',
    retry: 'never',
  },

  // Playback
  PLAYBACK_NOT_FOUND: {
    grpc: status.NOT_FOUND,
    http: 404,
    title: 'The playback session does not exist or has ended',
    retry: 'never',
  },
  RENDITION_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The rendition does not exist', retry: 'never' },
  STREAM_LIMIT_REACHED: {
    grpc: status.RESOURCE_EXHAUSTED,
    http: 429,
    title: 'Concurrent stream limit reached',
    retry: 'later',
  },

  // Events
  DEAD_LETTER_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, title: 'The dead letter does not exist', retry: 'never' },
  DEAD_LETTER_RESOLVED: {
    grpc: status.FAILED_PRECONDITION,
    http: 409,
    title: 'The dead letter has already been redriven or dropped',
    retry: 'never',
  },

  // Platform
  RATE_LIMITED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, title: 'Too many requests', retry: 'later' },
  OVERLOADED: { grpc: status.RESOURCE_EXHAUSTED, http: 503, title: 'The service is overloaded', retry: 'later' },
  DEPENDENCY_UNAVAILABLE: {
    grpc: status.UNAVAILABLE,
    http: 503,
    title: 'A required service is unavailable',
    retry: 'later',
  },
  DEADLINE_EXCEEDED: { grpc: status.DEADLINE_EXCEEDED, http: 504, title: 'The response took too long', retry: 'later' },
  INTERNAL: { grpc: status.INTERNAL, http: 500, title: 'Internal error', retry: 'never' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** Whether a received text is an error code of this table. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
