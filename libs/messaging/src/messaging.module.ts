import { Module, type DynamicModule, type ModuleMetadata, type Type } from '@nestjs/common';
import type { TopicDefinition } from '@viernes/contracts';
import { OutboxModule } from './outbox.module.js';
import type { AnyEventHandler } from './port/event-handler.js';

export interface MessagingOptions {
  /** As in `viernes.<service>`, its consumer group, and `/viernes/<service>`, the source of its events. */
  readonly service: string;
  /** `host:port` of some brokers; the others are found through them. */
  readonly brokers: readonly string[];
  /** Each class is made by Nest; what it injects comes from `imports` or global modules. */
  readonly handlers: readonly Type<AnyEventHandler>[];
  readonly imports?: ModuleMetadata['imports'];
  /** Made, or given more partitions, at start. Default TOPICS. */
  readonly topics?: readonly TopicDefinition[];
}

@Module({})
export class MessagingModule {
  static forRoot(options: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      imports: [OutboxModule.forService(options.service), ...(options.imports ?? [])],
      providers: [...options.handlers],
    };
  }
}
