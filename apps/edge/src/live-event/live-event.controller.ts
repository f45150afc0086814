import { Controller, Req } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Connection, Handles, type WebSocketConnection } from '@viernes/gateway';
import type { FastifyRequest } from 'fastify';
import { watchEvents } from './live-event.operations.js';
import { LiveEvents } from './live-events.js';
import { requireTopics } from './topic-access.js';

@Controller()
export class LiveEventController {
  constructor(private readonly events: LiveEvents) {}

  @Handles(watchEvents)
  watch(@Connection() connection: WebSocketConnection<typeof watchEvents>, @Req() { caller }: FastifyRequest): void {
    if (!caller) throw new CodedError('UNAUTHENTICATED');
    connection.onMessage(async ({ id, topics, lastEventId: after }) => {
      requireTopics(caller, topics);
      await this.events.subscribe(connection, caller.accountId, { id, topics, after });
    });
  }
}
