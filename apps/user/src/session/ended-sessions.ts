import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '@viernes/database';
import { sleep, Shutdown } from '@viernes/platform';
import { SessionRepository } from './session.repository.js';

const PAUSE_MS = 10 * 60_000;
const BATCH = 500;

/** Sweeps ended sessions out of the database, in the background; replicas step around each other's rows. */
@Injectable()
export class EndedSessions implements OnApplicationBootstrap {
  private readonly logger = new Logger(EndedSessions.name);

  constructor(
    private readonly sessions: SessionRepository,
    private readonly database: Database,
    private readonly shutdown: Shutdown,
  ) {}

  onApplicationBootstrap(): void {
    // Rejects only where the process stops before its database came.
    this.database.whenReady().then(
      () => this.sweepAgainAndAgain(),
      () => undefined,
    );
  }

  async sweep(): Promise<void> {
    while (!this.shutdown.signal.aborted && (await this.sessions.deleteEnded(BATCH)));
  }

  private async sweepAgainAndAgain(): Promise<void> {
    const { signal } = this.shutdown;
    while (!signal.aborted) {
      await this.sweep().catch((error: unknown) => this.logger.warn('ended sessions stay for now', error));
      await sleep(PAUSE_MS, signal);
    }
  }
}
