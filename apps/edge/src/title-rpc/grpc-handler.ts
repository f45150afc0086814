import { universalResponseToNodeResponse } from '@connectrpc/connect-node';
import { Health, ServerReflection, TitleService } from '@viernes/contracts/public';
import type { Http2Handler } from '@viernes/gateway';
import type { Logger } from '@viernes/platform';
import { createHealth } from './health.js';
import { createReflection } from './reflection.js';
import { createRpcHandlers } from './rpc-handlers.js';
import type { RunCall } from './run-call.js';
import { createTitleService } from './title-service.js';

/** Serves gRPC clients: titles, health checks for load balancers, and reflection for tools. */
export function createGrpcHandler(run: RunCall, draining: AbortSignal, logger: Logger): Http2Handler {
  const handlers = createRpcHandlers(['grpc'], (router) => {
    router.service(TitleService, createTitleService(run));
    router.service(Health, createHealth(draining));
    router.service(ServerReflection, createReflection([TitleService, Health, ServerReflection]));
  });
  const handlersByPath = new Map(handlers.map((handler) => [handler.path, handler]));
  return (request, response) => {
    const handler = handlersByPath.get(request.url);
    // For gRPC clients, this is the status UNIMPLEMENTED.
    if (!handler) return void response.writeHead(404).end();
    // The address of the connection. The gateway decides whether its X-Forwarded-For is trusted.
    const client = { remoteAddress: request.socket.remoteAddress ?? '', headers: request.headers };
    handler
      .run(request, response, client)
      .then((universal) => universalResponseToNodeResponse(universal, response))
      .catch((error: unknown) => {
        logger.debug({ err: error }, 'gRPC response not sent');
        response.stream.close();
      });
  };
}
