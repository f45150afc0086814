import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule, IdempotencyModule } from '@viernes/database';
import { MessagingModule } from '@viernes/messaging';
import { selectSettings } from '@viernes/platform';
import { AccountDeletionModule } from './account-deletion/account-deletion.module.js';
import { AccountExportModule } from './account-export/account-export.module.js';
import { AccountModule } from './account/account.module.js';
import { AccountAdminModule } from './account-admin/account-admin.module.js';
import { ApiKeyModule } from './api-key/api-key.module.js';
import type { UserConfig } from './config.js';
import { HistoryModule } from './history/history.module.js';
import { HouseholdModule } from './household/household.module.js';
import { identityEnv } from './identity/identity.config.js';
import { IdentityModule } from './identity/identity.module.js';
import { initialAccountEnv } from './initial-account/initial-account.config.js';
import { InitialAccountModule } from './initial-account/initial-account.module.js';
import { mailEnv } from './mail/mail.config.js';
import { MailModule } from './mail/mail.module.js';
import { MyListModule } from './my-list/my-list.module.js';
import { PasskeyModule } from './passkey/passkey.module.js';
import { PasswordModule } from './password/password.module.js';
import { ProfileModule } from './profile/profile.module.js';
import { ProgressModule } from './progress/progress.module.js';
import { RatingModule } from './rating/rating.module.js';
import { ENTITIES, MIGRATIONS } from './schema.js';
import { SecurityEventModule } from './security-event/security-event.module.js';
import { SessionModule } from './session/session.module.js';
import { SigningKeyModule } from './signing-key/signing-key.module.js';
import { UsageModule } from './usage/usage.module.js';

@Module({})
export class UserModule {
  /** @param service the name of the consumer group. Processes with the same name share the events. */
  static forConfig(config: UserConfig, service = 'user'): DynamicModule {
    const { WEB_URL } = config;
    return {
      module: UserModule,
      imports: [
        DatabaseModule.forRoot({ url: config.DATABASE_URL, entities: ENTITIES, migrations: MIGRATIONS }),
        IdempotencyModule,
        MessagingModule.forRoot({ service, brokers: config.KAFKA_BROKERS }),
        MailModule.forRoot(selectSettings(config, mailEnv)),
        AccountModule,
        AccountAdminModule,
        AccountDeletionModule,
        AccountExportModule,
        ApiKeyModule,
        IdentityModule.forRoot({ WEB_URL, ...selectSettings(config, identityEnv) }),
        InitialAccountModule.forRoot(selectSettings(config, initialAccountEnv)),
        PasskeyModule.forRoot({ WEB_URL }),
        PasswordModule,
        HouseholdModule,
        ProfileModule,
        SecurityEventModule,
        SessionModule,
        SigningKeyModule,
        MyListModule,
        RatingModule,
        ProgressModule,
        HistoryModule,
        UsageModule,
      ],
    };
  }
}
