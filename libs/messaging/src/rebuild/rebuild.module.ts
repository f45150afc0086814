import { Global, Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { MESSAGING_CONFIG, toMessagingConfig, type MessagingOptions } from '../config/messaging.config.js';
import { HandlerInvoker } from '../consume/handler-invoker.js';
import { Outbox } from '../outbox/outbox.js';
import type { Projection } from './projection.js';
import { PROJECTION, Rebuild } from './rebuild.js';

export interface RebuildOptions extends MessagingOptions {
  readonly projection: Projection;
  /** The modules that provide the handlers of the projection. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
}

/** Provides Rebuild for one projection. Replaces MessagingModule: it has no relay and no consumer. */
@Global()
@Module({})
export class RebuildModule {
  static forRoot({ projection, imports, ...options }: RebuildOptions): DynamicModule {
    return {
      module: RebuildModule,
      imports,
      providers: [
        { provide: MESSAGING_CONFIG, useValue: toMessagingConfig(options) },
        { provide: PROJECTION, useValue: projection },
        ...[HandlerInvoker, Outbox, Rebuild],
      ],
      exports: [Outbox],
    };
  }
}
