import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { nextCursor, pageQuery } from '../request/request-fields.js';

export const deadLetterService = z
  .enum(['catalog', 'user', 'video'])
  .meta({ id: 'DeadLetterService', description: 'Service of the consumer' });
export const deadLetterState = z.enum(['parked', 'redriven', 'dropped']).meta({ id: 'DeadLetterState' });

const params = z.strictObject({ service: deadLetterService, id: uuid });

const exampleDeadLetter = {
  id: '7e6d5c4b-3a29-4180-b7f6-e5d4c3b2a190',
  service: 'catalog',
  consumer: 'catalog.make-title-playable',
  eventId: '2b1a0f9e-8d7c-4b6a-9584-7362514f3e2d',
  type: 'viernes.video.published.v1',
  key: '6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001',
  state: 'parked',
  errorCode: 'TITLE_NOT_FOUND',
  errorMessage: 'TITLE_NOT_FOUND',
  stackHash: '5f2c9a1e',
  attempts: 8,
  originTopic: 'viernes.video.assets',
  originPartition: 3,
  originOffset: 1042,
  firstFailedAt: '2026-06-05T20:15:00.000Z',
  parkedAt: '2026-06-05T20:45:00.000Z',
  resolvedAt: null,
} as const;

const summary = {
  id: uuid,
  service: deadLetterService,
  consumer: z.string().describe('Name of the handler that failed'),
  eventId: z.string(),
  type: z.string(),
  key: z.string(),
  state: deadLetterState,
  errorCode: z.string().describe('An error code, or the class of an unexpected error'),
  errorMessage: z.string(),
  stackHash: z.string().describe('Equal for errors with the same stack'),
  attempts: z.int(),
  originTopic: z.string(),
  originPartition: z.int(),
  originOffset: z.int(),
  firstFailedAt: z.iso.datetime(),
  parkedAt: z.iso.datetime().describe('Time of the last failure'),
  resolvedAt: z.iso.datetime().nullable().describe('Time at which it was redriven or dropped'),
} as const;

export const deadLetter = z.object(summary).meta({ id: 'DeadLetter', examples: [exampleDeadLetter] });
export type DeadLetterResponse = z.infer<typeof deadLetter>;

const deadLetterDetail = z
  .object({
    ...summary,
    source: z.string(),
    occurredAt: z.iso.datetime(),
    eventTraceId: z.string().nullable().describe('Trace ID of the request that caused the event'),
    payloadSizeBytes: z.int(),
    payload: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe('The decoded payload without secrets. Null if its type is unknown or decoding fails.'),
  })
  .meta({
    id: 'DeadLetterDetail',
    examples: [
      {
        ...exampleDeadLetter,
        source: '/viernes/video',
        occurredAt: '2026-06-05T20:14:59.000Z',
        eventTraceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        payloadSizeBytes: 128,
        payload: { assetId: '6f1d2c3b-4a59-4687-9fa5-b4c3d2e1f001' },
      },
    ],
  });
export type DeadLetterDetailResponse = z.infer<typeof deadLetterDetail>;

export const listDeadLetters = defineOperation({
  operationId: 'listDeadLetters',
  method: 'GET',
  path: '/v1/dead-letters',
  tag: 'dead letters',
  summary: 'List events that a service stopped retrying, most recent failure first',
  auth: 'required',
  scope: 'dead-letters',
  role: 'admin',
  query: z.strictObject({
    service: deadLetterService,
    state: deadLetterState.optional(),
    ...pageQuery,
  }),
  success: {
    status: 200,
    description: 'A page of dead letters',
    schema: z.object({ deadLetters: z.array(deadLetter), nextCursor }).meta({ id: 'DeadLetterPage' }),
  },
  errors: ['CURSOR_INVALID'],
});

export const getDeadLetter = defineOperation({
  operationId: 'getDeadLetter',
  method: 'GET',
  path: '/v1/dead-letters/:service/:id',
  tag: 'dead letters',
  summary: 'Get a dead letter with its payload',
  auth: 'required',
  scope: 'dead-letters',
  role: 'admin',
  params,
  success: { status: 200, description: 'The dead letter', schema: deadLetterDetail },
  errors: ['DEAD_LETTER_NOT_FOUND'],
});

export const redriveDeadLetter = defineOperation({
  operationId: 'redriveDeadLetter',
  method: 'POST',
  idempotency: { notStored: 'an event is redriven once' },
  path: '/v1/dead-letters/:service/:id/redrive',
  tag: 'dead letters',
  summary: 'Redrive the event to its consumer; repeated calls redrive it once',
  auth: 'required',
  scope: 'dead-letters',
  role: 'admin',
  params,
  success: { status: 200, description: 'The dead letter', schema: deadLetter },
  errors: ['DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_RESOLVED'],
});

export const dropDeadLetter = defineOperation({
  operationId: 'dropDeadLetter',
  method: 'DELETE',
  path: '/v1/dead-letters/:service/:id',
  tag: 'dead letters',
  summary: 'Drop the event permanently; repeated calls have no further effect',
  auth: 'required',
  scope: 'dead-letters',
  role: 'admin',
  params,
  success: { status: 204, description: 'The event will not be processed' },
  errors: ['DEAD_LETTER_NOT_FOUND', 'DEAD_LETTER_RESOLVED'],
});

export const deadLetterOperations = [listDeadLetters, getDeadLetter, redriveDeadLetter, dropDeadLetter];
