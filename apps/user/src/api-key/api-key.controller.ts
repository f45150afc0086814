import { Controller } from '@nestjs/common';
import { GrpcMethod, Payload } from '@nestjs/microservices';
import { userV1 } from '@viernes/contracts';
import { Idempotent } from '@viernes/database';
import { Access, CurrentCaller, type Caller } from '@viernes/platform';
import { toApiKeyMessage, toVerifyApiKeyResponse } from './api-key.message.js';
import { ApiKeyRepository } from './api-key.repository.js';
import {
  CreateApiKeyRequest,
  RevokeApiKeyRequest,
  RotateApiKeyRequest,
  VerifyApiKeyRequest,
} from './api-key.requests.js';
import { CreateApiKey } from './create-api-key.service.js';
import { RevokeApiKey } from './revoke-api-key.service.js';
import { RotateApiKey } from './rotate-api-key.service.js';
import { VerifyApiKey } from './verify-api-key.service.js';

@Controller()
export class ApiKeyController {
  constructor(
    private readonly keys: ApiKeyRepository,
    private readonly create: CreateApiKey,
    private readonly rotate: RotateApiKey,
    private readonly revoke: RevokeApiKey,
    private readonly verify: VerifyApiKey,
  ) {}

  @GrpcMethod('UserService', 'listApiKeys')
  @Access('household')
  async listApiKeys(@CurrentCaller() { accountId }: Caller): Promise<userV1.ListApiKeysResponse> {
    const keys = await this.keys.list(accountId);
    return { apiKeys: keys.map(toApiKeyMessage) };
  }

  @GrpcMethod('UserService', 'createApiKey')
  @Access('household')
  @Idempotent(userV1.UserServiceService.createApiKey, { checksSecret: true })
  async createApiKey(
    @Payload({ schema: CreateApiKeyRequest }) request: CreateApiKeyRequest,
    @CurrentCaller() caller: Caller,
  ): Promise<userV1.CreateApiKeyResponse> {
    const { apiKey, secret } = await this.create.run(caller, request);
    return { apiKey: toApiKeyMessage(apiKey), secret };
  }

  @GrpcMethod('UserService', 'rotateApiKey')
  @Access('household')
  @Idempotent(userV1.UserServiceService.rotateApiKey, { checksSecret: true })
  async rotateApiKey(
    @Payload({ schema: RotateApiKeyRequest }) request: RotateApiKeyRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.RotateApiKeyResponse> {
    const { apiKey, secret, endedSecretIds } = await this.rotate.run(accountId, request);
    return { apiKey: toApiKeyMessage(apiKey), secret, endedSecretIds };
  }

  @GrpcMethod('UserService', 'revokeApiKey')
  @Access('household')
  async revokeApiKey(
    @Payload({ schema: RevokeApiKeyRequest }) { apiKeyId }: RevokeApiKeyRequest,
    @CurrentCaller() { accountId }: Caller,
  ): Promise<userV1.RevokeApiKeyResponse> {
    return { endedSecretIds: await this.revoke.run(accountId, apiKeyId) };
  }

  @GrpcMethod('UserService', 'verifyApiKey')
  @Access('public')
  async verifyApiKey(
    @Payload({ schema: VerifyApiKeyRequest }) { secret }: VerifyApiKeyRequest,
  ): Promise<userV1.VerifyApiKeyResponse> {
    return toVerifyApiKeyResponse(await this.verify.run(secret));
  }
}
