import { Logger as NestLogger } from '@nestjs/common';
import type { Logger } from 'typeorm';

/** Passes TypeORM's messages on at debug. Never queries that succeed, and never parameters: they hold people's data. */
export class TypeormLog implements Logger {
  private readonly logger = new NestLogger('TypeORM');

  logQuery(): void {
    // One line a query would drown the rest; PostgreSQL's own log has them when they are wanted.
  }

  logQueryError(error: string | Error, query: string): void {
    this.logger.debug({ err: error, query });
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
