import { pino, type Logger, type LoggerOptions } from 'pino';
import { currentSpan } from '../context/current-span.js';
import { findContext } from '../context/request-context.js';
import { lineOutput } from './line-output.js';

export type { Logger } from 'pino';

/** Redacted as fields of a log line, and one level below. */
const SECRETS = ['password', 'token', 'accessToken', 'refreshToken', 'leaseToken', 'authorization', 'cookie', 'url'];

/**
 * Creates a logger that writes JSON lines to standard output, with the trace ID of the current request, and the ID of its
 * current span if the trace is sampled. Redacts secrets by field name. Lines are written in batches: a process that is
 * killed loses the lines of its last 100 ms, a process that exits loses none.
 *
 * @param name of the process: `catalog`
 */
export function createLogger(name: string, level: string): Logger {
  const options: LoggerOptions = {
    name,
    level,
    base: undefined,
    timestamp: formatTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((secret) => [secret, `*.${secret}`]), censor: '[redacted]' },
    mixin: () => {
      const context = findContext();
      if (!context) return {};
      const { traceId } = context;
      const span = currentSpan();
      return span ? { traceId, spanId: span.spanContext().spanId } : { traceId };
    },
  };
  return pino(options, lineOutput());
}

let formattedAt = 0;
let formatted = '';

/** Like pino's isoTime, but lines of the same millisecond share the text. */
function formatTime(): string {
  const now = Date.now();
  if (now !== formattedAt) {
    formattedAt = now;
    formatted = `,"time":"${new Date(now).toISOString()}"`;
  }
  return formatted;
}
