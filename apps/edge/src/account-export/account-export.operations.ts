import { defineOperation } from '@viernes/gateway';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { currentPassword } from '../request/request-fields.js';

export const EXPORT_TIMEOUT_MS = 60_000;

/** The services decide which lists they have. A new table changes no other code. */
const part = z.record(z.string(), z.unknown());

const accountExport = z
  .object({
    exportedAt: z.iso.datetime(),
    user: part.describe('The account, its profiles with what they watch, its devices, and security events'),
    video: part.describe('Uploads, and playback sessions of the last days'),
    catalog: part.describe('Changes of titles'),
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
      'One document without hashes of passwords, PINs and tokens. It is sent while it is read: a client that receives no valid JSON has not received all data, and can retry',
    schema: accountExport,
    // The name of the file ends with .json.
    isJsonOnly: true,
    headers: { 'Content-Disposition': '`attachment`' },
  },
  errors: ['PASSWORD_WRONG', 'PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'OVERLOADED'],
});

export const accountExportOperations = [exportAccount];
