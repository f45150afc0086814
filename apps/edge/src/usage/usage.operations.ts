import { USAGE_RETENTION_DAYS, USAGE_DIMENSIONS, USAGE_INTERVALS, USAGE_ORDERS } from '@viernes/contracts';
import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { nextCursor, pageQuery, repeatable } from '../request/request-fields.js';

const time = z.iso.datetime({ offset: true });
const count = z.int();
const percentile = z.number().nullable().describe('In milliseconds, at most 19 % too large or too small');

const row = z
  .object({
    startsAt: z.iso.datetime().describe('The start of the hour, the day (UTC), or the report'),
    accountId: z.uuid().nullable().describe('Null for callers without a valid token, and for deleted accounts'),
    email: z.string().nullable().describe('Email of the account. Only for admins'),
    apiKeyId: z.uuid().nullable().describe('Null for sessions, and for callers without a valid token'),
    apiKeyName: z.string().nullable().describe('Null if the API key was revoked'),
    apiKeyPrefix: z.string().nullable(),
    operation: z.string().nullable().describe('`operationId` in this document'),
    status: z.int().nullable().describe('499: the client disconnected before the response'),
    calls: count,
    clientErrors: count.describe('Calls with a status from 400 to 499'),
    serverErrors: count.describe('Calls with a status of at least 500'),
    responseBytes: count.describe('Including headers'),
    p50Ms: percentile,
    p95Ms: percentile,
    p99Ms: percentile,
    remainingCalls: z
      .int()
      .nullable()
      .describe(
        'Calls that the plan of the account allows until the end of the month. Null: unlimited, or temporarily unknown',
      ),
  })
  .partial()
  .required({ startsAt: true, calls: true, clientErrors: true, serverErrors: true, responseBytes: true })
  .required({ p50Ms: true, p95Ms: true, p99Ms: true })
  .meta({ id: 'UsageRow' });

export const listUsage = defineOperation({
  operationId: 'listUsage',
  method: 'GET',
  path: '/v1/usage',
  tag: 'usage',
  summary:
    'List the calls of the account by time, API key, operation and status; for admins, the calls of all accounts',
  auth: 'required',
  scope: 'usage:read',
  quota: 'exempt',
  query: z.strictObject({
    from: time.optional().describe('Rounded down to an hour. Absent: 24 hours before `to`'),
    to: time
      .optional()
      .describe(`Rounded up to an hour, at most ${USAGE_RETENTION_DAYS} days after \`from\`. Absent: now`),
    interval: z.enum(USAGE_INTERVALS).optional().describe('The time that a row covers. Absent: `hour`'),
    groupBy: repeatable(z.enum(USAGE_DIMENSIONS)).describe(
      'Dimensions by which rows are grouped. The fields of other dimensions are absent',
    ),
    sort: z.enum(USAGE_ORDERS).optional().describe('`time`: oldest first, the default. `calls`: most calls first'),
    accountId: uuid.optional().describe('Absent: the account of the caller, or all accounts for admins'),
    apiKeyId: uuid.optional().describe('Only calls with this API key'),
    operation: z
      .string()
      .regex(/^[A-Za-z0-9]{1,100}$/)
      .optional()
      .describe('Only calls of this `operationId`'),
    pageSize: z.coerce.number().int().min(1).max(1_000).optional(),
    cursor: z
      .string()
      .max(600)
      .optional()
      .describe(`${pageQuery.cursor.description ?? ''}. Send it with the \`from\` and \`to\` of that page`),
  }),
  success: {
    status: 200,
    description: 'A page of rows. Calls appear a few seconds after their response',
    schema: z
      .object({
        from: z.iso.datetime(),
        to: z.iso.datetime(),
        rows: z.array(row),
        nextCursor,
      })
      .meta({ id: 'UsageReport' }),
    csv: { rows: 'rows', columns: Object.keys(row.shape) },
    headers: { Link: 'The next page, with the relation `next` (RFC 8288). Absent on the last page' },
  },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'FORBIDDEN', 'CURSOR_INVALID'],
});

export const usageOperations = [listUsage];
