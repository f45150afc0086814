import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { EventLog } from '@viernes/gateway';
import { SharedListener, type EventMessage, type KafkaConnection } from '@viernes/kafka';
import { EVENT_SOURCES } from './event-sources.js';

/**
 * Appends the events of `EVENT_SOURCES` to the log that all edges read. The edges share a consumer group, so one of them
 * appends each event. While Valkey is unavailable, the listener delivers the same event again.
 */
export class EventForwarder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(EventForwarder.name);
  private listener: SharedListener | undefined;

  constructor(
    private readonly log: Pick<EventLog, 'append'>,
    private readonly connection: KafkaConnection,
    private readonly group: string,
  ) {}

  onApplicationBootstrap(): void {
    this.listener = new SharedListener({
      kafka: this.connection.kafka,
      group: this.group,
      topics: [...new Set(EVENT_SOURCES.map(({ kafkaTopic }) => kafkaTopic))],
      handle: (event) => this.forward(event),
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.listener?.stop();
  }

  private async forward({ id, type, time, payload }: EventMessage): Promise<void> {
    const source = EVENT_SOURCES.find((candidate) => candidate.type === type);
    if (!source) return;
    let text: string;
    try {
      text = JSON.stringify(source.toLogged(payload, time));
    } catch (err) {
      // A newer service can have values that this version of the edge and its clients do not define.
      this.logger.warn({ type, id, err }, 'event not forwarded');
      return;
    }
    await this.log.append(id, text);
  }
}
