import { startChildServer, type ChildServer } from '../child-server.js';
import type { PeerStart } from './peer-server.js';

/**
 * Starts what a team would write first: one NestJS process with Fastify and TypeORM on the catalog database, with the
 * default settings of all of them.
 */
export function startPeer(start: PeerStart): Promise<ChildServer> {
  return startChildServer('./peer/peer-server.js', start);
}
