import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Counter } from 'prom-client';
import { currentContext, hasRole, runInContext } from '../context/request-context.js';

/** Maximum duration of a shared read in milliseconds. Its callers have deadlines of their own, and some can be later. */
const READ_TIMEOUT_MS = 5_000;

/** Time to send the error to the caller before it stops waiting, in milliseconds. */
const REPORT_MS = 100;

const coalescedReads = new Counter({
  name: 'coalesced_reads_total',
  help: 'Reads that shared the result of an equal read in flight',
  labelNames: ['read'],
});

/**
 * Runs equal concurrent reads once: a popular page that many callers request together costs one query. Only for reads
 * with the same result for every caller with the same maximum age. The query runs without a caller, so it cannot return
 * what only one of them is allowed to see.
 */
@Injectable()
export class ReadCoalescer {
  private readonly inFlight = new Map<string, Promise<unknown>>();

  /**
   * Returns the result of an equal read in flight, or starts one. No caller cancels the read of the others: it has a
   * separate deadline. Its failure is that of all callers. Editors always start their own, because a read in flight can
   * be older than what they have just written.
   *
   * @param read the kind of read, also the label of the metric: a fixed set of names
   * @param key identifies the parameters of the read
   * @throws CodedError DEADLINE_EXCEEDED shortly before the deadline of the caller, and what `query` throws
   */
  async run<Result>(read: string, key: string, query: () => Promise<Result>): Promise<Result> {
    const { traceId, role, maximumAge, position, deadlineAt = Infinity } = currentContext();
    if (hasRole(role, 'editor')) return query();
    const id = `${read} ${maximumAge ?? ''} ${position ?? ''} ${key}`;
    let shared = this.inFlight.get(id) as Promise<Result> | undefined;
    if (shared) {
      coalescedReads.inc({ read });
    } else {
      const context = {
        traceId,
        deadlineAt: Date.now() + READ_TIMEOUT_MS,
        ...(maximumAge !== undefined && { maximumAge }),
        ...(position && { position }),
      };
      shared = runInContext(context, query).finally(() => this.inFlight.delete(id));
      this.inFlight.set(id, shared);
    }
    return waitUntil(deadlineAt - REPORT_MS, shared);
  }
}

async function waitUntil<Result>(timeoutAt: number, result: Promise<Result>): Promise<Result> {
  if (timeoutAt === Infinity) return result;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const onTimeout = (): void => reject(new CodedError('DEADLINE_EXCEEDED'));
    timer = setTimeout(onTimeout, Math.max(1, timeoutAt - Date.now()));
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
