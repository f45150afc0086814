import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Readiness } from '../health/readiness.js';
import { PeriodicTasks } from './periodic-tasks.js';
import { Shutdown } from './shutdown.js';

/** Makes the Readiness, Shutdown, and PeriodicTasks of the process injectable everywhere. */
@Global()
@Module({})
export class PlatformModule {
  static forProcess(readiness: Readiness, shutdown: Shutdown): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Readiness, useValue: readiness },
        { provide: Shutdown, useValue: shutdown },
        PeriodicTasks,
      ],
      exports: [Readiness, Shutdown, PeriodicTasks],
    };
  }
}
