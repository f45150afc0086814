import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import '../routes/fastify-augmentation.js';
import type { UsageCounts } from './usage-counts.js';
import { routeConfigOf } from '../routes/route-config.js';

/** The status that nginx logs if the client disconnects before the response. */
const CLIENT_CLOSED_REQUEST = 499;

const REPLY = Symbol('reply');
const COUNTED_BYTES = Symbol('counted bytes');

interface CountedResponse extends ServerResponse {
  [REPLY]?: FastifyReply;
}

interface CountedSocket extends Socket {
  [COUNTED_BYTES]?: number;
}

/**
 * Counts every call of an operation when its response is closed. No hook of Fastify covers this: `onResponse` does not
 * run if the client disconnects, and `onRequestAbort` does not run after the body has been read. Files of the web app,
 * preflights and unknown paths are not calls. Register it first, so that rejected calls count.
 */
export function countUsage(fastify: FastifyInstance, counts: Pick<UsageCounts, 'record'>): void {
  // One function for all responses, because a closure for each of them would cost as much as the count.
  function count(this: CountedResponse): void {
    const reply = this[REPLY];
    if (!reply) return;
    const { request } = reply;
    // Also reads the bytes of files of the web app, so that their bytes do not count for the next call on their connection.
    const responseBytes = readBytes(request.raw.socket);
    const { operation } = routeConfigOf(request);
    if (!operation) return;
    counts.record(
      request.caller,
      operation.operationId,
      // 101: `ws` has sent the headers. A WebSocket counts when it closes, with the bytes of all messages.
      this.headersSent || this.statusCode === 101 ? this.statusCode : CLIENT_CLOSED_REQUEST,
      responseBytes,
      operation.isLong ? undefined : reply.elapsedTime,
      Date.now(),
    );
  }
  fastify.addHook('onRequest', (_request, reply, done) => {
    const raw: CountedResponse = reply.raw;
    raw[REPLY] = reply;
    raw.on('close', count);
    done();
  });
}

/** Returns how many bytes a connection has sent since the previous call. */
function readBytes(socket: CountedSocket): number {
  // The socket of a request that this process injects has no bytes.
  const { bytesWritten: bytes = 0 } = socket as Partial<Pick<Socket, 'bytesWritten'>>;
  const previous = socket[COUNTED_BYTES] ?? 0;
  socket[COUNTED_BYTES] = bytes;
  return bytes - previous;
}
