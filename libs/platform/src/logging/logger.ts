import { pino, type Logger } from 'pino';
import { findContext } from '../context/request-context.js';

export type { Logger } from 'pino';

/** Never in a log, at any depth that our own objects have. */
const SECRETS = ['password', 'token', 'accessToken', 'refreshToken', 'leaseToken', 'authorization', 'cookie', 'url'];

/**
 * JSON lines on standard output, with the trace id of the call they belong to. Secrets are replaced by name.
 *
 * @param name the process: `catalog`
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
      const call = findContext();
      return call ? { traceId: call.traceId } : {};
    },
  });
}
