/**
 * What a handler throws for an event that no further try can mend: it is parked at once. Errors of the error table that
 * say `retry: 'never'` mean the same.
 */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError';
}

/** A payload that is not what its type says. */
export class UndecodableError extends PermanentError {
  override readonly name = 'UndecodableError';
}
