import { CodedError } from '@viernes/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { requirePageOfThisSite } from '../auth/forged-requests.js';
import '../routes/fastify-augmentation.js';
import { isHandshake } from '../server/upgrade.js';
import { routeConfigOf } from '../routes/route-config.js';

/** The only version of the protocol (RFC 6455 section 4.1). */
const VERSION = '13';
const KEY = /^[\w+/]{22}==$/;

/**
 * Checks the requirements of a WebSocket handshake.
 *
 * @throws CodedError UPGRADE_REQUIRED if a client calls the operation without a handshake, or with another version of
 *   the protocol; CSRF_REJECTED if a page of another site calls it; REQUEST_INVALID if the handshake is invalid, or the
 *   operation is not a WebSocket
 */
export function checkHandshake(request: FastifyRequest, reply: FastifyReply): void {
  const { raw, headers, is404 } = request;
  const declaration = routeConfigOf(request).operation?.webSocket;
  if (!isHandshake(raw)) {
    if (!declaration) return;
    reply.headers({ upgrade: 'websocket', 'sec-websocket-version': VERSION });
    throw new CodedError('UPGRADE_REQUIRED');
  }
  if (is404) return;
  if (!declaration) throw invalid('upgrade');
  requirePageOfThisSite(request);
  if (headers['sec-websocket-version'] !== VERSION) {
    reply.headers({ upgrade: 'websocket', 'sec-websocket-version': VERSION });
    throw new CodedError('UPGRADE_REQUIRED');
  }
  if (!KEY.test(headers['sec-websocket-key'] ?? '')) throw invalid('sec-websocket-key');
}

function invalid(path: string): CodedError {
  return new CodedError('REQUEST_INVALID', {}, { fieldErrors: [{ path, reason: 'invalid' }] });
}
