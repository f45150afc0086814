import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { addTraceSender, flushSpans } from '@viernes/platform';
import { KafkaTraceSender } from './kafka-trace-sender.js';

/** Publishes the spans of a service, so that an admin can read a trace across all services without a collector. */
@Injectable()
export class TracePublisher implements OnModuleInit, OnApplicationShutdown {
  constructor(private readonly sender: KafkaTraceSender) {}

  onModuleInit(): void {
    addTraceSender('kafka', () => this.sender);
  }

  /**
   * Closes the sender here, because no exporter does if another application of the monolith exports the spans. The sender
   * can still have forwarded spans of transcoders.
   */
  async onApplicationShutdown(): Promise<void> {
    await flushSpans();
    await this.sender.close();
  }
}
