/** The connection of the process to Valkey. */
export const VALKEY = Symbol('Valkey');
