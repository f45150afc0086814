import { TitleService } from '@viernes/contracts/public';
import { clientOf } from '@viernes/gateway';
import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { createRpcHandlers, type RpcHandler } from './rpc-handlers.js';
import type { RunCall } from './run-call.js';
import { createTitleService } from './title-service.js';

/** Serves titles to browsers, over Connect and gRPC-Web, on the HTTP port. */
export async function serveConnect(fastify: FastifyInstance, run: RunCall): Promise<void> {
  const handlers = createRpcHandlers(['connect', 'grpcWeb'], (router) => {
    router.service(TitleService, createTitleService(run));
  });
  await fastify.register((scope, _options, done) => {
    // The handlers read the body, and limit its size.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    for (const { path, methods, run: serve } of handlers) {
      scope.route({
        method: [...methods] as HTTPMethods[],
        url: path,
        exposeHeadRoute: false,
        config: { carries: 'connect' },
        handler: (request, reply) => respond(serve, request, reply),
      });
    }
    done();
  });
}

async function respond(serve: RpcHandler['run'], request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { status, header, body = [] } = await serve(request.raw, reply.raw, clientOf(request));
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  header?.forEach((value, name) => reply.header(name, value));
  return reply.code(status).send(Buffer.concat(chunks));
}
