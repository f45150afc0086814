import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { SECURITY_EVENT_KINDS, type userV1 } from '@viernes/contracts';
import { Access, CurrentCaller, pageSize, type Caller } from '@viernes/platform';
import { z } from 'zod';
import type { SecurityEventEntity } from './security-event.entity.js';
import { SecurityEventRepository } from './security-event.repository.js';

const ListSecurityEventsRequest = z.object({ pageSize: pageSize(20, 100), cursor: z.string().max(200) });

type ListSecurityEventsRequest = z.infer<typeof ListSecurityEventsRequest>;

@Controller()
export class SecurityEventController {
  constructor(private readonly events: SecurityEventRepository) {}

  @GrpcMethod('UserService', 'listSecurityEvents')
  @Access('household')
  async listSecurityEvents(
    @Payload({ schema: ListSecurityEventsRequest }) request: ListSecurityEventsRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.ListSecurityEventsResponse> {
    const { entries, nextCursor } = await this.events.list(accountId, request.cursor, request.pageSize);
    return { events: entries.map(toSecurityEventMessage), nextCursor };
  }
}

function toSecurityEventMessage({ kind, ...event }: SecurityEventEntity): userV1.SecurityEvent {
  return {
    id: event.id,
    kind: SECURITY_EVENT_KINDS.indexOf(kind) + 1,
    occurredAt: event.occurredAt.toISOString(),
    // The address and the user agent of an admin are not shown to the owner.
    address: (event.actorId === null && event.address) || '',
    userAgent: (event.actorId === null && event.userAgent) || '',
  };
}
