import type { SecurityEventKind } from '@viernes/contracts';

/** Events are deleted after this time. */
export const RETENTION_DAYS = 180;

/** For events that belong to no account: no user can read them, and any client can cause them. */
export const RETENTION_DAYS_WITHOUT_ACCOUNT = 1;

/** Replaces the ID of an admin whose account was deleted. */
export const DELETED_ACCOUNT = '00000000-0000-0000-0000-000000000000';

export interface NewSecurityEvent {
  readonly kind: SecurityEventKind;
  /** Undefined for a sign-in with an email that has no account. */
  readonly accountId: string | undefined;
  /** The session that the event is about. Default: the one of the caller. */
  readonly sessionId?: string;
}
