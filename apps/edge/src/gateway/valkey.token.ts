/** The connection to Valkey of the process. */
export const VALKEY = Symbol('Valkey');
