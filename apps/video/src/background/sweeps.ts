import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@viernes/database';
import { whenAborted, sleep, Shutdown } from '@viernes/platform';
import { VIDEO_CONFIG, type VideoConfig } from '../config.js';

/** Deletes one kind of thing that nobody needs any more. Several replicas do it at a time: it must be repeatable. */
export type Sweep = () => Promise<void>;

/** Runs sweeps each CLEANUP_INTERVAL_SECONDS once the database is there, until the process drains. */
@Injectable()
export class Sweeps implements OnModuleDestroy {
  private readonly logger = new Logger(Sweeps.name);
  private readonly loops: Promise<void>[] = [];

  constructor(
    private readonly database: Database,
    private readonly shutdown: Shutdown,
    @Inject(VIDEO_CONFIG) private readonly config: VideoConfig,
  ) {}

  /** @param name as in logs: `expired uploads` */
  add(name: string, sweep: Sweep): void {
    this.loops.push(this.loop(name, sweep));
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.loops);
  }

  private async loop(name: string, sweep: Sweep): Promise<void> {
    const { signal } = this.shutdown;
    await Promise.race([this.database.whenReady().catch(() => undefined), whenAborted(signal)]);
    while (!signal.aborted) {
      try {
        await sweep();
      } catch (error) {
        // What is away now is there at a later round.
        this.logger.warn({ sweep: name, err: error });
      }
      await sleep(this.config.CLEANUP_INTERVAL_SECONDS * 1000, signal);
    }
  }
}
