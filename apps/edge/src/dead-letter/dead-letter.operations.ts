import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';

export const deadLetterService = z.enum(['catalog', 'user', 'video']).describe('Whose consumer gave up');
export const deadLetterState = z.enum(['parked', 'redriven', 'dropped']);

const place = z.strictObject({ service: deadLetterService, id: z.uuid() });

const summary = {
  id: z.uuid(),
  service: deadLetterService,
  consumer: z.string().describe('The handler that could not take it'),
  eventId: z.string(),
  type: z.string(),
  key: z.string(),
  state: deadLetterState,
  errorCode: z.string().describe('A code of ours, or the class of the error'),
  errorMessage: z.string(),
  stackHash: z.string().describe('Equal for equal faults'),
  attempts: z.int(),
  originTopic: z.string(),
  originPartition: z.int(),
  originOffset: z.int(),
  firstFailedAt: z.iso.datetime(),
  parkedAt: z.iso.datetime().describe('Its last failure'),
  resolvedAt: z.iso.datetime().nullable().describe('When it was redriven or dropped'),
} as const;

export const deadLetter = z.object(summary).meta({ id: 'DeadLetter' });
export type DeadLetterResponse = z.infer<typeof deadLetter>;

export const wholeDeadLetter = z
  .object({
    ...summary,
    source: z.string(),
    occurredAt: z.iso.datetime(),
    eventTraceId: z.string().nullable().describe('Of the request that caused the event'),
    payloadSizeBytes: z.int(),
    payload: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('Decoded, without secrets; null where its type is unknown or it does not decode'),
  })
  .meta({ id: 'DeadLetterDetail' });
export type DeadLetterDetailResponse = z.infer<typeof wholeDeadLetter>;

export const listDeadLetters = defineOperation({
  operationId: 'listDeadLetters',
  method: 'GET',
  path: '/v1/dead-letters',
  tag: 'dead letters',
  summary: 'Events that a service gave up on, those that failed last first (editors)',
  bearer: 'required',
  query: z.strictObject({
    service: deadLetterService,
    state: deadLetterState.optional(),
    pageSize: z.coerce.number().int().min(1).max(100).optional(),
    cursor: z.string().max(200).optional().describe('nextCursor of the page before'),
  }),
  success: {
    status: 200,
    description: 'A page of dead letters',
    schema: z
      .object({ deadLetters: z.array(deadLetter), nextCursor: z.string().nullable() })
      .meta({ id: 'DeadLetterPage' }),
  },
  errors: ['FORBIDDEN', 'CURSOR_INVALID'],
});

export const getDeadLetter = defineOperation({
  operationId: 'getDeadLetter',
  method: 'GET',
  path: '/v1/dead-letters/:service/:id',
  tag: 'dead letters',
  summary: 'One dead letter with its payload (editors)',
  bearer: 'required',
  params: place,
  success: { status: 200, description: 'The dead letter', schema: wholeDeadLetter },
  errors: ['FORBIDDEN', 'DEAD_LETTER_NOT_FOUND'],
});

export const redriveDeadLetter = defineOperation({
  operationId: 'redriveDeadLetter',
  method: 'POST',
  path: '/v1/dead-letters/:service/:id/redrive',
  tag: 'dead letters',
  summary: 'Give an event to its consumer again (editors); repeating it gives it no second time',
  bearer: 'required',
  params: place,
  success: { status: 200, description: 'The dead letter', schema: deadLetter },
  errors: ['FORBIDDEN', 'DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_RESOLVED'],
});

export const dropDeadLetter = defineOperation({
  operationId: 'dropDeadLetter',
  method: 'DELETE',
  path: '/v1/dead-letters/:service/:id',
  tag: 'dead letters',
  summary: 'Give an event up for good (editors); repeating it is fine',
  bearer: 'required',
  params: place,
  success: { status: 204, description: 'The event will not be applied' },
  errors: ['FORBIDDEN', 'DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_RESOLVED'],
});

export const deadLetterOperations = [listDeadLetters, getDeadLetter, redriveDeadLetter, dropDeadLetter];
