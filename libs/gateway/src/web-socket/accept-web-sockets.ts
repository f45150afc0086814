import type { IncomingMessage } from 'node:http';
import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inputOf } from '../routes/parse-input.js';
import type { CommonHeaders } from '../server/common-headers.js';
import type { ConnectionPolicy } from '../server/connection-age.js';
import { checkHandshake } from './handshake.js';
import type { WebSockets } from './web-sockets.js';
import { routeConfigOf } from '../routes/route-config.js';

interface Handshake {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Called when a handshake has succeeded. Fastify runs no `onResponse` for it. */
type RecordHandshake = (request: FastifyRequest, reply: FastifyReply) => void;

/**
 * Opens WebSockets for the operations that declare `webSocket`. Register it after the policies: a rejected handshake has an
 * HTTP response with problem details. The handler of the operation runs after the handshake, with its connection.
 */
export function acceptWebSockets(
  fastify: FastifyInstance,
  webSockets: WebSockets,
  { shutdown }: Pick<ConnectionPolicy, 'shutdown'>,
  headers: Pick<CommonHeaders, 'of'>,
  record: RecordHandshake,
): void {
  const handshakes = new WeakMap<IncomingMessage, Handshake>();
  fastify.decorateRequest('webSocket', null);
  fastify.addHook('onRequest', (request, reply, done) => attempt(() => checkHandshake(request, reply), done));
  fastify.addHook('preHandler', (request, reply, done) => {
    const { operation } = routeConfigOf(request);
    if (!operation?.webSocket) return done();
    attempt(() => {
      inputOf(operation, request);
      webSockets.admit(request, reply);
      handshakes.set(request.raw, { request, reply });
    }, done);
  });
  // Before the hook of the plugin, which reads the handler.
  fastify.addHook('onRoute', (route) => {
    const operation = route.config?.operation;
    if (!operation?.webSocket || route.method === 'HEAD') return;
    const { handler } = route;
    route.wsHandler = function (socket, request) {
      const handshake = handshakes.get(request.raw);
      if (!handshake) throw new Error('a WebSocket without a handshake');
      const { reply } = handshake;
      webSockets.add(socket, request, operation);
      record(request, reply);
      // NestJS passes an error of the handler to ProblemFilter, which closes the connection.
      void handler.call(this, request, reply);
    };
  });
  void fastify.register(fastifyWebsocket, {
    options: { maxPayload: webSockets.limits.messageBytes, perMessageDeflate: false, clientTracking: false },
    // WebSocketConnection records the error.
    errorHandler: (_error, socket) => socket.terminate(),
    preClose: (done) => {
      void webSockets.close().then(() => done());
    },
  });
  fastify.addHook('onReady', (done) => {
    fastify.websocketServer.on('headers', (lines, raw) => {
      const handshake = handshakes.get(raw);
      if (!handshake) return;
      const { request, reply } = handshake;
      reply.raw.statusCode = 101;
      const fields = headers.of(request);
      for (let index = 0; index < fields.length; index += 2) lines.push(`${fields[index]}: ${fields[index + 1]}`);
    });
    done();
  });
  shutdown.draining.addEventListener('abort', () => webSockets.drain(), { once: true });
}

function attempt(work: () => void, done: (error?: Error) => void): void {
  try {
    work();
  } catch (error) {
    return done(error instanceof Error ? error : new Error(String(error)));
  }
  done();
}
