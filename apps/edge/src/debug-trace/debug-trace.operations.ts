import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';

const span = z
  .object({
    spanId: z.string(),
    parentSpanId: z.string().nullable().describe('Null if the trace starts with this span'),
    service: z.string(),
    name: z.string(),
    kind: z.enum(['internal', 'server', 'client', 'producer', 'consumer']),
    startedAt: z.iso.datetime(),
    offsetMs: z.number().describe('Time since the start of the first span'),
    durationMs: z.number(),
    error: z.string().nullable().describe('Error code, or class of an unexpected error. Null if the span succeeded'),
    attributes: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })
  .meta({ id: 'Span' });

export type SpanResponse = z.infer<typeof span>;

export const getDebugTrace = defineOperation({
  operationId: 'getDebugTrace',
  method: 'GET',
  path: '/v1/debug/traces/:id',
  tag: 'debugging',
  summary: 'Get the spans that all services recorded for a trace in the last hour (admins)',
  auth: 'required',
  scope: 'none',
  role: 'admin',
  params: z.strictObject({
    id: z
      .string()
      .regex(/^[0-9a-f]{32}$/)
      .describe('Trace ID, as in the header X-Trace-Id'),
  }),
  success: {
    status: 200,
    description: 'The spans that are known so far, by start time',
    schema: z.object({ traceId: z.string(), spans: z.array(span) }).meta({
      id: 'DebugTrace',
      examples: [
        {
          traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
          spans: [
            {
              spanId: '00f067aa0ba902b7',
              parentSpanId: null,
              service: 'edge',
              name: 'GET /v1/titles/:id',
              kind: 'server',
              startedAt: '2026-06-05T20:15:00.000Z',
              offsetMs: 0,
              durationMs: 4.2,
              error: null,
              attributes: { 'http.request.method': 'GET', 'http.response.status_code': 200 },
            },
          ],
        },
      ],
    }),
  },
  errors: ['TRACE_NOT_FOUND'],
});

export const debugTraceOperations = [getDebugTrace];
