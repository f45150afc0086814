import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Outbox } from './port/outbox.js';
import { PostgresOutbox } from './postgres/postgres-outbox.js';

/** Apart from MessagingModule: features inject the Outbox, and MessagingModule imports features for its handlers. */
@Global()
@Module({})
export class OutboxModule {
  static forService(service: string): DynamicModule {
    return {
      module: OutboxModule,
      providers: [{ provide: Outbox, useFactory: () => new PostgresOutbox(`/viernes/${service}`) }],
      exports: [Outbox],
    };
  }
}
