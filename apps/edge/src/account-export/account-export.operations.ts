import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { currentPassword } from '../request/request-fields.js';

export const EXPORT_TIMEOUT_MS = 60_000;

/** Each service determines its fields, so a new table requires no change here. */
const serviceData = z.record(z.string(), z.unknown());

const accountExport = z
  .object({
    exportedAt: z.iso.datetime(),
    user: serviceData.describe(
      'The account, its profiles with their history, lists and ratings, its sign-in methods, devices, API calls, and security events',
    ),
    video: serviceData.describe('Uploads, recent playback sessions, and watch parties'),
    catalog: serviceData.describe('Changes of the catalog by the account, without the changed values, and webhooks'),
  })
  .meta({
    id: 'AccountExport',
    examples: [
      {
        exportedAt: '2026-06-05T20:15:00.000Z',
        user: {
          account: { email: 'ada@example.com', language: 'en' },
          profiles: [{ name: 'Ada', hasPin: false }],
        },
        video: { uploads: [], playbackSessions: [] },
        catalog: { changes: [] },
      },
    ],
  });

export const exportAccount = defineOperation({
  operationId: 'exportAccount',
  method: 'POST',
  idempotency: { notStored: 'nothing changes' },
  path: '/v1/account/export',
  tag: 'accounts',
  summary: 'Download the data of the account; a profile without a maximum age must be selected',
  rateLimits: SIGN_IN_LIMITS,
  auth: 'required',
  scope: 'none',
  recordsClient: true,
  isLong: true,
  timeoutMs: EXPORT_TIMEOUT_MS,
  body: z
    .strictObject({ password: currentPassword })
    .meta({ id: 'AccountExportRequest', examples: [{ password: 'correct horse battery' }] }),
  success: {
    status: 200,
    description:
      'One document without hashes of passwords, PINs and tokens. It is streamed: if the client does not receive valid JSON, the export is incomplete, and the client can retry',
    schema: accountExport,
    // The name of the file ends with .json.
    isJsonOnly: true,
    headers: { 'Content-Disposition': '`attachment`' },
  },
  errors: ['PASSWORD_WRONG', 'PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'OVERLOADED'],
});

export const accountExportOperations = [exportAccount];
