import { createContextValues, createConnectRouter, type ConnectRouter } from '@connectrpc/connect';
import type { UniversalServerResponse } from '@connectrpc/connect/protocol';
import {
  compressionGzip,
  universalRequestFromNodeRequest,
  type universalResponseToNodeResponse,
} from '@connectrpc/connect-node';
import { CALL_LIMIT_BYTES, type DispatchedClient } from '@viernes/gateway';
import { CLIENT } from './run-call.js';

type NodeRequest = Parameters<typeof universalRequestFromNodeRequest>[0];
type NodeResponse = Parameters<typeof universalResponseToNodeResponse>[1];

type RpcProtocol = 'grpc' | 'grpcWeb' | 'connect';

export interface RpcHandler {
  readonly path: string;
  readonly methods: readonly string[];
  readonly run: (
    request: NodeRequest,
    response: NodeResponse,
    client: DispatchedClient,
  ) => Promise<UniversalServerResponse>;
}

/** Returns a handler for each method of the services that `add` registers. */
export function createRpcHandlers(
  protocols: readonly RpcProtocol[],
  add: (router: ConnectRouter) => void,
): RpcHandler[] {
  const router = createConnectRouter({
    grpc: protocols.includes('grpc'),
    grpcWeb: protocols.includes('grpcWeb'),
    connect: protocols.includes('connect'),
    // The limit of a decompressed message.
    readMaxBytes: CALL_LIMIT_BYTES,
    acceptCompression: [compressionGzip],
  });
  add(router);
  return router.handlers.map((handler) => ({
    path: handler.requestPath,
    methods: handler.allowedMethods,
    // Asynchronous, because a request with an invalid `:authority` causes an error. Without the promise, the event listener
    // of the HTTP/2 server would throw it, and the process would exit.
    run: async (request, response, client) => {
      const values = createContextValues().set(CLIENT, client);
      return handler(universalRequestFromNodeRequest(request, response, undefined, values));
    },
  }));
}
