import { status } from '@grpc/grpc-js';

/** Whether a client can retry the same request: never, or later. */
export type Retry = 'never' | 'later';

export interface ErrorRow {
  readonly grpc: status;
  readonly http: number;
  readonly retry: Retry;
}

/**
 * All error codes. Each has one row with the gRPC status between services and the HTTP status at the edge, so that the two
 * cannot disagree. A test compares the rows with docs/errors.md in both directions. The titles are in libs/translations.
 *
 * @see RFC 9457 for the responses of the edge
 */
export const ERRORS = {
  // Requests
  REQUEST_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, retry: 'never' },
  POSITION_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, retry: 'never' },
  CURSOR_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, retry: 'never' },
  REQUEST_TIMEOUT: { grpc: status.INVALID_ARGUMENT, http: 408, retry: 'never' },
  URL_TOO_LONG: { grpc: status.INVALID_ARGUMENT, http: 414, retry: 'never' },
  HEADERS_TOO_LARGE: { grpc: status.INVALID_ARGUMENT, http: 431, retry: 'never' },
  BODY_TOO_LARGE: { grpc: status.INVALID_ARGUMENT, http: 413, retry: 'never' },
  NOT_ACCEPTABLE: { grpc: status.INVALID_ARGUMENT, http: 406, retry: 'never' },
  MEDIA_TYPE_UNSUPPORTED: { grpc: status.INVALID_ARGUMENT, http: 415, retry: 'never' },
  PRECONDITION_REQUIRED: { grpc: status.FAILED_PRECONDITION, http: 428, retry: 'never' },
  IDEMPOTENCY_KEY_INVALID: { grpc: status.INVALID_ARGUMENT, http: 400, retry: 'never' },
  IDEMPOTENCY_KEY_REUSED: { grpc: status.FAILED_PRECONDITION, http: 422, retry: 'never' },
  IDEMPOTENCY_KEY_IN_USE: { grpc: status.ABORTED, http: 409, retry: 'later' },
  ROUTE_NOT_FOUND: { grpc: status.UNIMPLEMENTED, http: 404, retry: 'never' },
  METHOD_NOT_ALLOWED: { grpc: status.UNIMPLEMENTED, http: 405, retry: 'never' },
  UPGRADE_REQUIRED: { grpc: status.INVALID_ARGUMENT, http: 426, retry: 'never' },

  // Authentication and authorization
  UNAUTHENTICATED: { grpc: status.UNAUTHENTICATED, http: 401, retry: 'never' },
  CREDENTIALS_WRONG: { grpc: status.UNAUTHENTICATED, http: 401, retry: 'never' },
  SESSION_ENDED: { grpc: status.UNAUTHENTICATED, http: 401, retry: 'never' },
  SCOPE_MISSING: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  CSRF_REJECTED: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  FORBIDDEN: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },

  // Accounts and profiles
  EMAIL_TAKEN: { grpc: status.ALREADY_EXISTS, http: 409, retry: 'never' },
  ACCOUNT_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  LAST_ADMIN: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  OWN_ROLE: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  PASSWORD_WRONG: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  PASSKEY_REJECTED: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  PASSKEY_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  PASSKEY_LIMIT_REACHED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  EMAIL_UNVERIFIED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  SIGN_IN_PROVIDER_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  // Not UNAVAILABLE: the user service is available, so neither retries nor its circuit breaker would help.
  SIGN_IN_PROVIDER_UNAVAILABLE: { grpc: status.FAILED_PRECONDITION, http: 503, retry: 'later' },
  IDENTITY_REJECTED: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  IDENTITY_EMAIL_UNVERIFIED: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  IDENTITY_NOT_LINKED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  IDENTITY_CONFLICT: { grpc: status.ALREADY_EXISTS, http: 409, retry: 'never' },
  IDENTITY_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  API_KEY_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  API_KEY_LIMIT_REACHED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  LINK_EXPIRED: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  MAIL_LIMIT_REACHED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, retry: 'later' },
  PROFILE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  PROFILE_NAME_TAKEN: { grpc: status.ALREADY_EXISTS, http: 409, retry: 'never' },
  PROFILE_LIMIT_REACHED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  PROFILE_REQUIRED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  PROFILE_LIMITED: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  PROFILE_NOT_SELECTED: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  PIN_REQUIRED: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  PIN_WRONG: { grpc: status.PERMISSION_DENIED, http: 403, retry: 'never' },
  PIN_LOCKED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, retry: 'later' },
  MY_LIST_FULL: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },

  // Titles
  TITLE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  TITLE_EXISTS: { grpc: status.ALREADY_EXISTS, http: 409, retry: 'never' },
  TITLE_NOT_PLAYABLE: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'later' },
  TITLE_CHANGED: { grpc: status.ABORTED, http: 412, retry: 'never' },
  TITLE_NOT_A_SERIES: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  TITLE_KIND_IN_USE: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  TITLE_HAS_EPISODES: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  SEASON_EXISTS: { grpc: status.ALREADY_EXISTS, http: 409, retry: 'never' },
  SEASON_CHANGED: { grpc: status.ABORTED, http: 412, retry: 'never' },
  SEASON_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  EPISODE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  PERSON_EXISTS: { grpc: status.ALREADY_EXISTS, http: 409, retry: 'never' },
  PERSON_CHANGED: { grpc: status.ABORTED, http: 412, retry: 'never' },
  PERSON_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },

  // Uploads
  UPLOAD_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  UPLOAD_TOO_LARGE: { grpc: status.INVALID_ARGUMENT, http: 413, retry: 'never' },
  UPLOAD_CLOSED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  UPLOAD_INCOMPLETE: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'later' },
  UPLOAD_SIZE_MISMATCH: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  UPLOAD_CHECKSUM_MISMATCH: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  UPLOAD_LIMIT_REACHED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, retry: 'later' },

  // Assets and jobs
  ASSET_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  SOURCE_UNREADABLE: { grpc: status.FAILED_PRECONDITION, http: 422, retry: 'never' },
  SOURCE_LIMIT_EXCEEDED: { grpc: status.FAILED_PRECONDITION, http: 422, retry: 'never' },
  TRANSCODE_FAILED: { grpc: status.INTERNAL, http: 500, retry: 'never' },
  LEASE_LOST: { grpc: status.ABORTED, http: 409, retry: 'never' },

  // Playback
  PLAYBACK_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  RENDITION_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  STREAM_LIMIT_REACHED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, retry: 'later' },

  // Watch parties
  PARTY_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  PARTY_FULL: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'later' },
  PARTY_LIMIT_REACHED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, retry: 'later' },

  // Events
  DEAD_LETTER_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  DEAD_LETTER_RESOLVED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },

  // Webhooks
  WEBHOOK_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  WEBHOOK_LIMIT_REACHED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  WEBHOOK_DISABLED: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },
  WEBHOOK_DELIVERY_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'never' },
  WEBHOOKS_UNAVAILABLE: { grpc: status.FAILED_PRECONDITION, http: 409, retry: 'never' },

  // Platform
  QUOTA_EXCEEDED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, retry: 'later' },
  TRACE_NOT_FOUND: { grpc: status.NOT_FOUND, http: 404, retry: 'later' },
  RATE_LIMITED: { grpc: status.RESOURCE_EXHAUSTED, http: 429, retry: 'later' },
  OVERLOADED: { grpc: status.RESOURCE_EXHAUSTED, http: 503, retry: 'later' },
  DEPENDENCY_UNAVAILABLE: { grpc: status.UNAVAILABLE, http: 503, retry: 'later' },
  DEADLINE_EXCEEDED: { grpc: status.DEADLINE_EXCEEDED, http: 504, retry: 'later' },
  INTERNAL: { grpc: status.INTERNAL, http: 500, retry: 'never' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** Whether a received text is an error code of this table. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}
