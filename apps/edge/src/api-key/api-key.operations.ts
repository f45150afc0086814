import { API_KEY_DAYS, API_KEY_OVERLAP_HOURS, API_KEY_SCOPES, MAX_API_KEYS } from '@viernes/contracts';
import { defineOperation } from '@viernes/gateway';
import { uuid } from '@viernes/platform';
import { z } from 'zod';
import { SIGN_IN_LIMITS } from '../gateway/consume-limits.js';
import { currentPassword, textLine } from '../request/request-fields.js';

const scope = z.enum(API_KEY_SCOPES).meta({ id: 'ApiKeyScope' });

const apiKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    prefix: z.string().meta({ description: 'The first characters of its secrets. They are not confidential' }),
    scopes: z.array(scope),
    profileId: z
      .uuid()
      .nullable()
      .meta({ description: 'The profile that it acts for. Null if the profile was deleted' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().meta({ description: 'When the last of its secrets expires' }),
    lastUsedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'Can be up to a minute earlier than the actual last use' }),
  })
  .meta({ id: 'ApiKey' });

const issuedSecret = z
  .object({ apiKey, secret: z.string().meta({ description: 'Returned only once. Send it as a bearer token' }) })
  .meta({ id: 'ApiKeySecret' });

const validDays = z
  .int()
  .min(1)
  .max(API_KEY_DAYS.maximum)
  .optional()
  .meta({ description: `How long the secret is valid, in days. Absent: ${API_KEY_DAYS.default}` });
const password = currentPassword;
const apiKeys = { tag: 'accounts', auth: 'required', scope: 'none' } as const;
const oneApiKey = { ...apiKeys, recordsClient: true, params: z.strictObject({ id: uuid }) } as const;

export const listApiKeys = defineOperation({
  ...apiKeys,
  operationId: 'listApiKeys',
  method: 'GET',
  path: '/v1/account/api-keys',
  summary: 'List the API keys, oldest first',
  success: {
    status: 200,
    description: 'The API keys that are not revoked',
    schema: z.object({ apiKeys: z.array(apiKey) }).meta({ id: 'ApiKeyList' }),
  },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED'],
});

export const createApiKey = defineOperation({
  ...apiKeys,
  operationId: 'createApiKey',
  method: 'POST',
  path: '/v1/account/api-keys',
  idempotency: 'stored',
  rateLimits: SIGN_IN_LIMITS,
  summary: `Create an API key for the selected profile; the owner receives a mail. An account has at most ${MAX_API_KEYS} API keys`,
  recordsClient: true,
  body: z
    .strictObject({ name: textLine(50), scopes: z.array(scope).min(1).max(API_KEY_SCOPES.length), validDays, password })
    .meta({
      id: 'NewApiKey',
      examples: [
        { name: 'Nightly import', scopes: ['catalog:read', 'catalog:write'], password: 'correct horse battery' },
      ],
    }),
  returnsCredentials: true,
  success: { status: 201, description: 'The API key and its secret', schema: issuedSecret },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PASSWORD_WRONG', 'API_KEY_LIMIT_REACHED', 'OVERLOADED'],
});

export const rotateApiKey = defineOperation({
  ...oneApiKey,
  operationId: 'rotateApiKey',
  method: 'POST',
  path: '/v1/account/api-keys/:id/rotation',
  idempotency: 'stored',
  rateLimits: SIGN_IN_LIMITS,
  summary: 'Create another secret of an API key; the owner receives a mail',
  body: z
    .strictObject({
      overlapHours: z
        .int()
        .min(0)
        .max(API_KEY_OVERLAP_HOURS.maximum)
        .optional()
        .meta({
          description: `How long the previous secrets stay valid, in hours. Absent: ${API_KEY_OVERLAP_HOURS.default}. 0 ends them immediately`,
        }),
      validDays,
      password,
    })
    .meta({ id: 'ApiKeyRotation', examples: [{ overlapHours: 1, password: 'correct horse battery' }] }),
  returnsCredentials: true,
  success: { status: 201, description: 'The API key and its new secret', schema: issuedSecret },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'PASSWORD_WRONG', 'API_KEY_NOT_FOUND', 'OVERLOADED'],
});

export const revokeApiKey = defineOperation({
  ...oneApiKey,
  operationId: 'revokeApiKey',
  method: 'DELETE',
  path: '/v1/account/api-keys/:id',
  summary: 'Revoke an API key',
  success: { status: 204, description: 'All secrets of the API key are invalid' },
  errors: ['PROFILE_NOT_SELECTED', 'PROFILE_LIMITED', 'API_KEY_NOT_FOUND'],
});

export const apiKeyOperations = [listApiKeys, createApiKey, rotateApiKey, revokeApiKey];
