/** What the audit log records about an account. The numbers of the protobuf enum are the positions, starting with 1. */
export const SECURITY_EVENT_KINDS = [
  'accountCreated',
  'signedIn',
  'passwordRejected',
  'accountLocked',
  'signedOut',
  'sessionEnded',
  'sessionsEnded',
  'refreshTokenReused',
  'passwordChanged',
  'passwordReset',
  'emailChangeRequested',
  'emailVerified',
  'roleChanged',
] as const;

export type SecurityEventKind = (typeof SECURITY_EVENT_KINDS)[number];

/** Events are deleted after this time. */
export const RETENTION_DAYS = 180;

export interface NewSecurityEvent {
  readonly kind: SecurityEventKind;
  /** Undefined if an email has no account. */
  readonly accountId: string | undefined;
  /** The session that the event is about. Default: the one of the caller. */
  readonly sessionId?: string;
}
