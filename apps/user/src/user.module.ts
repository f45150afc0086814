import { Module, type DynamicModule } from '@nestjs/common';
import { DatabaseModule } from '@viernes/database';
import { MessagingModule } from '@viernes/messaging';
import { AccountModule } from './account/account.module.js';
import type { UserConfig } from './config.js';
import { ProfileModule } from './profile/profile.module.js';
import { ProgressModule } from './progress/progress.module.js';
import { ENTITIES, MIGRATIONS } from './schema.js';
import { SessionModule } from './session/session.module.js';
import { SigningKeyModule } from './signing-key/signing-key.module.js';

@Module({})
export class UserModule {
  /** @param service names the consumer group: two with the same name share the events between them */
  static forConfig(
    config: Pick<UserConfig, 'DATABASE_URL' | 'KAFKA_BROKERS' | 'EDITOR_EMAIL' | 'EDITOR_PASSWORD'>,
    service = 'user',
  ): DynamicModule {
    const { EDITOR_EMAIL: email, EDITOR_PASSWORD: password } = config;
    const accounts = AccountModule.forEditor(email && password ? { email, password } : undefined);
    return {
      module: UserModule,
      imports: [
        DatabaseModule.forRoot({ url: config.DATABASE_URL, entities: ENTITIES, migrations: MIGRATIONS }),
        MessagingModule.forRoot({ service, brokers: config.KAFKA_BROKERS }),
        accounts,
        ProfileModule,
        SessionModule.with(accounts),
        SigningKeyModule,
        ProgressModule,
      ],
    };
  }
}
