/** The services that delete or anonymize data of an account, and respond with an event. */
export const DELETING_SERVICES = ['catalog', 'video'] as const;

export type DeletingService = (typeof DELETING_SERVICES)[number];

/**
 * A request is repeated after this time, at least once. It is longer than the lifetime of an access token, so that the
 * repetition also deletes data that a request in flight wrote after the first one.
 */
export const REPEAT_MINUTES = 20;

/** The row of a finished deletion is deleted after this time. Events with the account ID have expired by then. */
export const RETENTION_DAYS = 30;
