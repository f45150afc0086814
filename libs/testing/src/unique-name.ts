import { randomBytes } from 'node:crypto';

/**
 * Creates a name that is unique across tests and runs: `titles_3f9c0a1b2c3d`. Valid for databases, topics, and
 * accounts.
 */
export function uniqueName(prefix: string): string {
  return `${prefix}_${randomBytes(6).toString('hex')}`;
}
