import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { retryDelayMs, Shutdown, sleep } from '@viernes/platform';
import { ObjectStore } from '@viernes/storage';

/**
 * Creates the bucket at startup, with retries. Does not affect readiness: without object storage, uploads and the
 * completion of encoding jobs fail with DEPENDENCY_UNAVAILABLE, and all other methods work.
 */
@Injectable()
export class BucketCreator implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(BucketCreator.name);
  private creating: Promise<void> = Promise.resolve();

  constructor(
    private readonly objects: ObjectStore,
    private readonly shutdown: Shutdown,
  ) {}

  onApplicationBootstrap(): void {
    this.creating = this.create();
  }

  async onModuleDestroy(): Promise<void> {
    await this.creating;
  }

  private async create(): Promise<void> {
    const { signal } = this.shutdown;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await this.objects.ensureBucket();
        this.logger.log('bucket exists');
        return;
      } catch (error) {
        if (attempt === 1) this.logger.warn({ err: error }, 'bucket creation failed, retrying');
        await sleep(retryDelayMs(attempt), signal);
      }
    }
  }
}
