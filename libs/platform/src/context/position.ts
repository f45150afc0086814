import type { RequestContext } from './request-context.js';

/** The position of a request that must read all commits: it does not use a replica of the database. */
export const LATEST = 'latest';

/** A position in the log of a database: 16 hexadecimal digits, so that the order of the texts is that of the commits. */
export const POSITION = /^[0-9A-F]{16}$/;

/** Stores the position of a commit: later reads of the request see the commit, and the caller receives the position. */
export function advancePosition(context: RequestContext, position: string): void {
  const { position: current = LATEST } = context;
  if (current === LATEST || current < position) context.position = position;
}
