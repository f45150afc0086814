import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply } from 'fastify';
import '../routes/fastify-augmentation.js';
import type { UsageCounts } from './usage-counts.js';

/** The status that nginx logs if the client disconnects before the response. */
const CLIENT_CLOSED_REQUEST = 499;

const REPLY = Symbol('reply');

interface CountedResponse extends ServerResponse {
  [REPLY]?: FastifyReply;
}

/**
 * Counts every call of an operation when its response has ended, also if the client disconnected, for which Fastify runs no
 * hook. Files of the web app, preflights and unknown paths are not calls. Register it first, so that rejected calls count.
 */
export function countUsage(fastify: FastifyInstance, counts: Pick<UsageCounts, 'record'>): void {
  const readBytes = createByteReader();
  // One function for all responses, because a closure for each of them would cost as much as the count.
  function count(this: CountedResponse): void {
    const reply = this[REPLY];
    if (!reply) return;
    const { request } = reply;
    // Also for files of the web app, whose bytes are not those of the next call on their connection.
    const responseBytes = readBytes(request.raw.socket);
    const { operation } = request.routeOptions.config;
    if (!operation) return;
    counts.record(
      request.caller,
      operation.operationId,
      // `ws` sends the headers of a handshake. Counted when the connection closes, with the bytes of all messages.
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

/** Returns a function that returns how many bytes a connection has sent since its previous call. */
function createByteReader(): (socket: Socket) => number {
  const counted = new WeakMap<Socket, number>();
  return (socket) => {
    // The socket of a request that this process injects has no bytes.
    const { bytesWritten: bytes = 0 } = socket as Partial<Pick<Socket, 'bytesWritten'>>;
    const previous = counted.get(socket) ?? 0;
    counted.set(socket, bytes);
    return bytes - previous;
  };
}
