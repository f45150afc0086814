import { Controller, Req } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { clientOf, Connection, dispatch, Handles, type WebSocketConnection } from '@viernes/gateway';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { openTitleSocket, SOCKET_METHODS } from './title-socket.operations.js';

@Controller()
export class TitleSocketController {
  private readonly fastify: FastifyInstance;

  constructor({ httpAdapter }: HttpAdapterHost<FastifyAdapter>) {
    this.fastify = httpAdapter.getInstance();
  }

  /** Each message runs as a request of its operation, with the credentials of the handshake. */
  @Handles(openTitleSocket)
  open(@Req() request: FastifyRequest, @Connection() connection: WebSocketConnection<typeof openTitleSocket>): void {
    connection.onMessage(async ({ id, method, params }) => {
      const call = { operation: SOCKET_METHODS[method], input: params, client: clientOf(request) };
      const { body, problem } = await dispatch(this.fastify, { ...call, signal: connection.closed });
      connection.send(problem ? { type: 'error', id, problem } : { type: 'result', id, result: body });
    });
  }
}
