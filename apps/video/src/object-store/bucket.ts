import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { sleep, retryDelayMs, Shutdown } from '@viernes/platform';
import { ObjectStore } from '@viernes/storage';

/**
 * Makes the bucket at start, for as long as it takes. Not a matter of readiness: without the store uploads and new media
 * addresses answer DEPENDENCY_UNAVAILABLE, everything else goes on.
 */
@Injectable()
export class Bucket implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Bucket.name);
  private making: Promise<void> = Promise.resolve();

  constructor(
    private readonly objects: ObjectStore,
    private readonly shutdown: Shutdown,
  ) {}

  onApplicationBootstrap(): void {
    this.making = this.make();
  }

  async onModuleDestroy(): Promise<void> {
    await this.making;
  }

  private async make(): Promise<void> {
    const { signal } = this.shutdown;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await this.objects.ensureBucket();
        this.logger.log('bucket is there');
        return;
      } catch (error) {
        if (attempt === 1) this.logger.warn({ err: error }, 'waits for the object store');
        await sleep(retryDelayMs(attempt), signal);
      }
    }
  }
}
