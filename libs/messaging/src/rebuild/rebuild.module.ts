import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { Database, Transactions } from '@viernes/database';
import { OutboxModule } from '../outbox.module.js';
import type { AnyEventHandler } from '../port/event-handler.js';
import { Rebuild, type RebuildOptions } from './rebuild.js';

const HANDLERS = Symbol('handlers of the projection');

/** The handlers of one projection without relay and consumer: what MessagingModule is to a service, this is to a rebuild. */
@Module({})
export class RebuildModule {
  /** @param imports where the handlers find what they inject */
  static forRoot(options: RebuildOptions, imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    const handlers = [...options.projection.handlers];
    return {
      module: RebuildModule,
      imports: [OutboxModule.forService(options.service), ...imports],
      providers: [
        ...handlers,
        { provide: HANDLERS, useFactory: (...made: AnyEventHandler[]) => made, inject: handlers },
        {
          provide: Rebuild,
          inject: [Database, Transactions, HANDLERS],
          useFactory: (database: Database, transactions: Transactions, made: AnyEventHandler[]) =>
            new Rebuild(options, database, transactions, made),
        },
      ],
    };
  }
}
