import { Controller, Inject, Req } from '@nestjs/common';
import { API_KEY_SCOPES, type userV1 } from '@viernes/contracts';
import { Handles, Input, RevokedSessions, type InputOf, type RateLimits, type ResponseOf } from '@viernes/gateway';
import { requireCaller } from '@viernes/platform';
import type { FastifyRequest } from 'fastify';
import { consumeLimits } from '../gateway/consume-limits.js';
import { RATE_LIMITS, type LimitName } from '../gateway/limit-settings.js';
import { required } from '../upstream/required.js';
import { USER, type UserClient } from '../upstream/upstream.js';
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from './api-key.operations.js';

@Controller()
export class ApiKeyController {
  constructor(
    @Inject(USER) private readonly user: UserClient,
    @Inject(RATE_LIMITS) private readonly limits: RateLimits<LimitName>,
    private readonly revoked: RevokedSessions,
  ) {}

  @Handles(listApiKeys)
  async list(): Promise<ResponseOf<typeof listApiKeys>> {
    const { apiKeys } = await this.user.listApiKeys({});
    return { apiKeys: apiKeys.map(toApiKeyResponse) };
  }

  @Handles(createApiKey)
  async create(
    @Input(createApiKey) { body }: InputOf<typeof createApiKey>,
    @Req() request: FastifyRequest,
  ): Promise<ResponseOf<typeof createApiKey>> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    const { validDays = 0, ...key } = body;
    const { apiKey, secret } = await this.user.createApiKey({ ...key, validDays });
    return { apiKey: toApiKeyResponse(required(apiKey, 'api_key')), secret };
  }

  @Handles(rotateApiKey)
  async rotate(
    @Input(rotateApiKey) { params, body }: InputOf<typeof rotateApiKey>,
    @Req() request: FastifyRequest,
  ): Promise<ResponseOf<typeof rotateApiKey>> {
    await consumeLimits(this.limits, request, requireCaller().accountId);
    const { validDays = 0, overlapHours, password } = body;
    const { apiKey, secret, endedSecretIds } = await this.user.rotateApiKey({
      apiKeyId: params.id,
      password,
      validDays,
      ...(overlapHours !== undefined && { overlapHours }),
    });
    await this.revoked.addAll(endedSecretIds);
    return { apiKey: toApiKeyResponse(required(apiKey, 'api_key')), secret };
  }

  @Handles(revokeApiKey)
  async revoke(@Input(revokeApiKey) { params }: InputOf<typeof revokeApiKey>): Promise<void> {
    const { endedSecretIds } = await this.user.revokeApiKey({ apiKeyId: params.id });
    await this.revoked.addAll(endedSecretIds);
  }
}

function toApiKeyResponse({
  scopes,
  profileId,
  createdAt,
  expiresAt,
  lastUsedAt,
  ...key
}: userV1.ApiKey): ResponseOf<typeof listApiKeys>['apiKeys'][number] {
  return {
    ...key,
    scopes: API_KEY_SCOPES.filter((scope) => scopes.includes(scope)),
    profileId: profileId ?? null,
    createdAt: required(createdAt, 'created_at'),
    expiresAt: required(expiresAt, 'expires_at'),
    lastUsedAt: lastUsedAt ?? null,
  };
}
