import {
  Global,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Readiness } from '@viernes/platform';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { CodedDataSource } from './coded-data-source.js';
import { toDataSourceOptions } from './data-source-options.js';
import type { DatabaseOptions } from './database-options.js';
import { Database } from './database.js';
import { Notifications } from './notifications.js';
import { Reads } from './reads.js';
import { Replica } from './replica/replica.js';
import { RowCleanups } from './row-cleanups.js';
import { Transactions } from './transactions.js';

/**
 * Connects a service to its database. Nest starts even if the database is unavailable. The service is not ready until
 * the database is connected and migrated.
 */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly readiness: Readiness,
  ) {}

  static forRoot(options: DatabaseOptions): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ ...toDataSourceOptions(options), manualInitialization: true }),
          dataSourceFactory: (settings?: DataSourceOptions) =>
            Promise.resolve(new CodedDataSource(settings ?? toDataSourceOptions(options))),
        }),
      ],
      providers: [
        {
          provide: Database,
          useFactory: (dataSource: DataSource, replica?: Replica) => new Database(dataSource, options, replica),
          inject: [DataSource, Replica],
        },
        {
          provide: Transactions,
          useFactory: (dataSource: DataSource) => new Transactions(dataSource, options.replica !== undefined),
          inject: [DataSource],
        },
        {
          provide: Reads,
          useFactory: (dataSource: CodedDataSource, replica?: Replica) => new Reads(dataSource, replica),
          inject: [DataSource, Replica],
        },
        {
          provide: Replica,
          useFactory: () => options.replica && new Replica(options, options.replica),
        },
        Notifications,
        RowCleanups,
      ],
      exports: [Database, Transactions, Reads, Notifications, RowCleanups],
    };
  }

  onApplicationBootstrap(): void {
    this.readiness.add('database', () => this.database.readiness);
    this.database.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.database.stop();
  }
}
