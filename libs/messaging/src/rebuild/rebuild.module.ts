import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Database, Transactions } from '@viernes/database';
import { OutboxModule } from '../outbox.module.js';
import { Rebuild, type RebuildOptions } from './rebuild.js';

/** Provides Rebuild for one projection. Takes the place of MessagingModule: no relay, no consumer. */
@Module({})
export class RebuildModule {
  /** @param imports the modules that provide the projection's handlers */
  static forRoot(options: RebuildOptions, imports: NonNullable<ModuleMetadata['imports']>): DynamicModule {
    return {
      module: RebuildModule,
      imports: [OutboxModule.forService(options.service), ...imports],
      providers: [
        {
          provide: Rebuild,
          inject: [Database, Transactions, ModuleRef],
          useFactory: (database: Database, transactions: Transactions, moduleRef: ModuleRef) =>
            new Rebuild(options, database, transactions, moduleRef),
        },
      ],
    };
  }
}
