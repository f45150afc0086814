import type { LoggerService } from '@nestjs/common';
import { findLogger } from './current-logger.js';
import type { Logger } from './logger.js';

/**
 * Forwards the messages of Nest's `Logger` to ours. Nest passes its context as the last argument. It has one `Logger` per
 * process, so several applications in a process log with their own names through `runWithLogger`.
 */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  private write(level: 'info' | 'warn' | 'error' | 'debug' | 'trace', message: unknown, rest: unknown[]): void {
    const context = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const error = [message, ...rest].find((argument) => argument instanceof Error);
    const details = typeof message === 'object' && message !== null && !(message instanceof Error) ? message : {};
    // The style of pino works too, details before the text: `logger.warn({ reason }, 'waiting for the database')`.
    const texts = [message, ...rest.slice(0, -1)].filter((argument) => typeof argument === 'string');
    const text = texts[0] ?? error?.message;
    (findLogger() ?? this.logger)[level](
      { ...details, ...(context !== undefined && { context }), ...(error && { err: error }) },
      text,
    );
  }
}
