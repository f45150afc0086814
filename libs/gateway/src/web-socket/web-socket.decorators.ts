import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { connectionOf } from './web-socket-connection.js';

/**
 * Passes the connection to the handler of an operation with `webSocket`:
 * `@Connection() connection: WebSocketConnection<typeof watchEvents>`.
 */
export function Connection(): ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext) =>
    connectionOf(context.switchToHttp().getRequest<FastifyRequest>()),
  )();
}
