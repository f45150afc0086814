/** A name that is safe in headers, tokens and metric labels. */
export const PLAN_NAME = /^[a-z][a-z0-9-]{0,31}$/;

/** The plan of a new account. The limits of all plans are settings of the gateway. */
export const DEFAULT_PLAN = 'account';
