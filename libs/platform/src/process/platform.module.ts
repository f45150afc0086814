import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Readiness } from '../health/readiness.js';
import { Shutdown } from './shutdown.js';

/** Makes the process's Readiness and Shutdown injectable everywhere. */
@Global()
@Module({})
export class PlatformModule {
  static forProcess(readiness: Readiness, shutdown: Shutdown): DynamicModule {
    return {
      module: PlatformModule,
      providers: [
        { provide: Readiness, useValue: readiness },
        { provide: Shutdown, useValue: shutdown },
      ],
      exports: [Readiness, Shutdown],
    };
  }
}
