import { pino, type Logger } from 'pino';
import { findContext } from '../context/request-context.js';

export type { Logger } from 'pino';

/** Redacted in every log line, at the depths that our objects have. */
const SECRETS = ['password', 'token', 'accessToken', 'refreshToken', 'leaseToken', 'authorization', 'cookie', 'url'];

/**
 * Creates a logger that writes JSON lines to standard output, with the trace ID of the current request. Redacts secrets by
 * field name.
 *
 * @param name of the process: `catalog`
 */
export function createLogger(name: string, level: string): Logger {
  return pino({
    name,
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((secret) => [secret, `*.${secret}`]), censor: '[redacted]' },
    mixin: () => {
      const context = findContext();
      return context ? { traceId: context.traceId } : {};
    },
  });
}
