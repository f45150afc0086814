import { Controller, Inject } from '@nestjs/common';
import { SECURITY_EVENT_KINDS } from '@viernes/contracts';
import { Handles, Input, type InputOf, type ResponseOf } from '@viernes/gateway';
import { toDevice } from '../session/device.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { listSecurityEvents } from './security-event.operations.js';

@Controller()
export class SecurityEventController {
  constructor(@Inject(USER) private readonly user: UserClient) {}

  @Handles(listSecurityEvents)
  async list(
    @Input(listSecurityEvents) { query }: InputOf<typeof listSecurityEvents>,
  ): Promise<ResponseOf<typeof listSecurityEvents>> {
    const { pageSize = 0, cursor = '' } = query;
    const { events, nextCursor } = await this.user.listSecurityEvents({ pageSize, cursor });
    return {
      events: events.map(({ id, kind, occurredAt, address, userAgent }) => ({
        id,
        kind: required(SECURITY_EVENT_KINDS[kind - 1], 'kind'),
        occurredAt: required(occurredAt, 'occurred_at'),
        address: address || null,
        device: toDevice(userAgent),
      })),
      nextCursor: nextCursor || null,
    };
  }
}
