import { Module, type BeforeApplicationShutdown, type DynamicModule } from '@nestjs/common';
import { EventLog, EventLogReader, openBlockingConnection, type Valkey } from '@viernes/gateway';
import { KafkaConnection } from '@viernes/kafka';
import type { Logger } from '@viernes/platform';
import type { EdgeConfig } from '../config.js';
import { VALKEY } from '../gateway/valkey.token.js';
import { EventForwarder } from './event-forwarder.js';
import type { liveEventEnv } from './live-event.config.js';
import { LiveEventController } from './live-event.controller.js';
import { LiveEvents } from './live-events.js';

/** Reads the log until the application closes. */
class LogReading implements BeforeApplicationShutdown {
  constructor(
    private readonly reader: EventLogReader,
    readonly events: LiveEvents,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.reader.close();
  }
}

type LiveEventConfig = Pick<EdgeConfig, 'KAFKA_BROKERS' | 'VALKEY_URL' | keyof typeof liveEventEnv>;

/** Events of the services, from Kafka through a log in Valkey to the WebSockets of clients. */
@Module({})
export class LiveEventModule {
  static forRoot(config: LiveEventConfig, logger: Logger): DynamicModule {
    const name = config.LIVE_EVENTS_NAME;
    return {
      module: LiveEventModule,
      controllers: [LiveEventController],
      providers: [
        {
          provide: EventLog,
          useFactory: (valkey: Valkey) => new EventLog(valkey, { key: name, maxEntries: config.LIVE_EVENTS_MAX }),
          inject: [VALKEY],
        },
        { provide: KafkaConnection, useFactory: () => new KafkaConnection('viernes.edge', config.KAFKA_BROKERS) },
        {
          provide: EventForwarder,
          useFactory: (log: EventLog, connection: KafkaConnection) => new EventForwarder(log, connection, name),
          inject: [EventLog, KafkaConnection],
        },
        {
          provide: LogReading,
          useFactory: (log: EventLog) => {
            const connection = openBlockingConnection(config.VALKEY_URL);
            const reader: EventLogReader = new EventLogReader({
              ...{ log, connection, logger },
              onEntry: (entry) => events.deliver(entry),
              onGap: () => events.reportGap(),
            });
            const events = new LiveEvents(log, () => reader.position);
            return new LogReading(reader, events);
          },
          inject: [EventLog],
        },
        { provide: LiveEvents, useFactory: ({ events }: LogReading) => events, inject: [LogReading] },
      ],
    };
  }
}
