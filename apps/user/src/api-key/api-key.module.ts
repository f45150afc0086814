import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule } from '../account/account.module.js';
import { ProfileModule } from '../profile/profile.module.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { ApiKeySecretEntity } from './api-key-secret.entity.js';
import { ApiKeyController } from './api-key.controller.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { CreateApiKey } from './create-api-key.service.js';
import { RevokeApiKey } from './revoke-api-key.service.js';
import { RotateApiKey } from './rotate-api-key.service.js';
import { VerifyApiKey } from './verify-api-key.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([ApiKeyEntity, ApiKeySecretEntity]),
    AccountModule,
    ProfileModule,
    SecurityEventModule,
  ],
  controllers: [ApiKeyController],
  providers: [ApiKeyRepository, CreateApiKey, RotateApiKey, RevokeApiKey, VerifyApiKey],
  exports: [ApiKeyRepository],
})
export class ApiKeyModule {}
