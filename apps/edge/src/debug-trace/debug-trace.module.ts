import {
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { KafkaTraceSender, TraceListener } from '@viernes/kafka';
import { addTraceSender } from '@viernes/platform';
import { DebugTraceController } from './debug-trace.controller.js';
import { TraceStore } from './trace-store.js';

/** Publishes the spans of this process, and collects those of all processes. */
class TraceCollection implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private listener: TraceListener | undefined;

  constructor(
    private readonly traces: TraceStore,
    private readonly brokers: readonly string[],
  ) {}

  onApplicationBootstrap(): void {
    addTraceSender('kafka', () => new KafkaTraceSender('edge', this.brokers));
    this.listener = new TraceListener('viernes.edge', this.brokers, (spans) => this.traces.add(spans));
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }
}

@Module({})
export class DebugTraceModule {
  static forRoot({ KAFKA_BROKERS: brokers }: { readonly KAFKA_BROKERS: readonly string[] }): DynamicModule {
    return {
      module: DebugTraceModule,
      controllers: [DebugTraceController],
      providers: [
        { provide: TraceStore, useFactory: () => new TraceStore() },
        {
          provide: TraceCollection,
          useFactory: (traces: TraceStore) => new TraceCollection(traces, brokers),
          inject: [TraceStore],
        },
      ],
    };
  }
}
