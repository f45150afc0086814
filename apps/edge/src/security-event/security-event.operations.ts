import { SECURITY_EVENT_KINDS } from '@viernes/contracts';
import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';
import { device } from '../session/device.js';

const securityEvent = z
  .object({
    id: z.string(),
    kind: z.enum(SECURITY_EVENT_KINDS),
    occurredAt: z.iso.datetime(),
    address: z.string().nullable().describe('IP address of the client. Null if unknown'),
    device,
  })
  .meta({
    id: 'SecurityEvent',
    examples: [
      {
        id: '42',
        kind: 'signedIn',
        occurredAt: '2026-06-05T20:15:00.000Z',
        address: '192.0.2.7',
        device: { browser: 'Firefox', system: 'Linux', type: 'desktop' },
      },
    ],
  });

export const listSecurityEvents = defineOperation({
  operationId: 'listSecurityEvents',
  method: 'GET',
  path: '/v1/account/security-events',
  tag: 'accounts',
  summary: 'List sign-ins, rejected passwords and changes of the account in the last 180 days, newest first',
  auth: 'required',
  scope: 'none',
  query: z.strictObject(pageQuery),
  success: {
    status: 200,
    description: 'A page of events',
    schema: z.object({ events: z.array(securityEvent), nextCursor }).meta({ id: 'SecurityEventPage' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'CURSOR_INVALID'],
});

export const securityEventOperations = [listSecurityEvents];
