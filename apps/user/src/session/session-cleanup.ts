import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@viernes/database';
import { PeriodicTasks } from '@viernes/platform';
import { RefreshTokenRepository } from './refresh-token.repository.js';
import { SessionRepository } from './session.repository.js';

const INTERVAL_MS = 10 * 60_000;
const BATCH_SIZE = 500;

/** Deletes expired sessions and old refresh tokens. Replicas skip the rows that another one is deleting. */
@Injectable()
export class SessionCleanup implements OnModuleInit {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly tokens: RefreshTokenRepository,
    private readonly database: Database,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.add({ name: 'session cleanup', intervalMs: INTERVAL_MS, run: (signal) => this.run(signal) });
  }

  async run(signal: AbortSignal): Promise<void> {
    await this.database.whenReady();
    while (!signal.aborted && (await this.sessions.deleteExpired(BATCH_SIZE)) === BATCH_SIZE);
    while (!signal.aborted && (await this.tokens.deleteUsed(BATCH_SIZE)) === BATCH_SIZE);
  }
}
