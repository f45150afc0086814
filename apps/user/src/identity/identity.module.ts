import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountModule } from '../account/account.module.js';
import type { MailConfig } from '../mail/mail.config.js';
import { SecurityEventModule } from '../security-event/security-event.module.js';
import { SessionModule } from '../session/session.module.js';
import { FinishIdentityLink } from './finish-identity-link.service.js';
import type { ProviderSettings } from './identity.config.js';
import { IdentityController } from './identity.controller.js';
import { IdentityEntity } from './identity.entity.js';
import { IdentityRepository } from './identity.repository.js';
import { ProviderAuthorizationEntity } from './provider-authorization.entity.js';
import { ProviderAuthorizationRepository } from './provider-authorization.repository.js';
import { ProviderSignIns } from './provider-sign-ins.js';
import { RemoveIdentity } from './remove-identity.service.js';
import { SignInProviders } from './sign-in-providers.js';
import { SignInWithIdentity } from './sign-in-with-identity.service.js';
import { StartIdentityLink } from './start-identity-link.service.js';

export interface IdentitySettings extends Pick<MailConfig, 'WEB_URL'> {
  readonly OIDC_PROVIDERS: readonly ProviderSettings[];
}

/** Provides the sign-ins in progress to other features, without the settings of the providers. */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderAuthorizationEntity])],
  providers: [ProviderAuthorizationRepository],
  exports: [ProviderAuthorizationRepository],
})
export class ProviderAuthorizationModule {}

@Module({})
export class IdentityModule {
  static forRoot({ OIDC_PROVIDERS, WEB_URL }: IdentitySettings): DynamicModule {
    return {
      module: IdentityModule,
      imports: [
        TypeOrmModule.forFeature([IdentityEntity]),
        ProviderAuthorizationModule,
        AccountModule,
        SecurityEventModule,
        SessionModule,
      ],
      controllers: [IdentityController],
      providers: [
        { provide: SignInProviders, useValue: new SignInProviders(OIDC_PROVIDERS, WEB_URL) },
        IdentityRepository,
        ProviderSignIns,
        SignInWithIdentity,
        StartIdentityLink,
        FinishIdentityLink,
        RemoveIdentity,
      ],
    };
  }
}
