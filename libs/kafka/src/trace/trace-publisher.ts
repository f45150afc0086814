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

  /** Also closes a sender that only forwards the spans of workers. */
  async onApplicationShutdown(): Promise<void> {
    await flushSpans();
    await this.sender.close();
  }
}
