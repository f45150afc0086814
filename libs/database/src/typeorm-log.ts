import { Logger as NestLogger } from '@nestjs/common';
import pg from 'pg';
import type { Logger } from 'typeorm';

/** Logs TypeORM's messages at level debug, without parameters and server errors, which can contain personal data. */
export class TypeormLog implements Logger {
  private readonly logger = new NestLogger('TypeORM');

  logQuery(): void {
    // One line per query would hide all others. PostgreSQL can log queries itself.
  }

  logQueryError(error: string | Error, query: string): void {
    const sqlState = error instanceof pg.DatabaseError ? error.code : undefined;
    this.logger.debug({ query, sqlState }, 'query failed');
  }

  logQuerySlow(durationMs: number, query: string): void {
    this.logger.debug({ durationMs, query }, 'slow query');
  }

  logSchemaBuild(message: string): void {
    this.logger.debug(message);
  }

  logMigration(message: string): void {
    this.logger.debug(message);
  }

  log(_level: 'log' | 'info' | 'warn', message: unknown): void {
    this.logger.debug(String(message));
  }
}
