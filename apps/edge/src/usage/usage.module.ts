import { Module, type DynamicModule, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { UsageCounts, UsagePublisher, type UsageSender } from '@viernes/gateway';
import type { Logger } from '@viernes/platform';
import { UsageController } from './usage.controller.js';

/** Publishes the usage that this process counts, until it has served its last request. */
class UsagePublication implements OnApplicationBootstrap, OnApplicationShutdown {
  private publisher: UsagePublisher | undefined;

  constructor(
    private readonly counts: UsageCounts,
    private readonly sender: UsageSender,
    private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.publisher = new UsagePublisher(this.counts, this.sender, this.logger);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.publisher?.stop();
  }
}

@Module({})
export class UsageModule {
  static forRoot(sender: UsageSender, logger: Logger): DynamicModule {
    return {
      module: UsageModule,
      controllers: [UsageController],
      providers: [
        { provide: UsageCounts, useFactory: () => new UsageCounts() },
        {
          provide: UsagePublication,
          useFactory: (counts: UsageCounts) => new UsagePublication(counts, sender, logger),
          inject: [UsageCounts],
        },
      ],
    };
  }
}
