import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import { currentSpan } from '../context/current-span.js';
import { currentContext, hasRole, runInContext } from '../context/request-context.js';
import { waitUntilDeadline } from '../waiting/wait-until-deadline.js';

/** Maximum duration of a shared read in milliseconds. Each caller has a separate deadline, which can be later. */
const READ_TIMEOUT_MS = 5_000;

const coalescedReads = new Counter({
  name: 'coalesced_reads_total',
  help: 'Reads that shared the result of an equal read in flight',
  labelNames: ['read'],
});

/**
 * Its result is removed when the read has finished: V8 retains the former tables of a `Map`, with their values, until
 * the next major collection (decision 39).
 */
interface ReadInFlight {
  result?: Promise<unknown>;
}

/**
 * Runs equal concurrent reads once: a popular page that many callers request together costs one query. Only for reads
 * with the same result for every caller with the same maximum age. The query runs without a caller, so it cannot return
 * what only one of them is allowed to see.
 */
@Injectable()
export class ReadCoalescer {
  private readonly inFlight = new Map<string, ReadInFlight>();

  /**
   * Returns the result of an equal read in flight, or starts one. A shared read has a separate deadline, so no caller
   * cancels it for the others. If it fails, all callers receive the error. Editors never share a read, because one in
   * flight can be older than their latest change.
   *
   * @param read the kind of read, from a fixed set of names. Label of the metric
   * @param key identifies the parameters of the read
   * @throws CodedError DEADLINE_EXCEEDED shortly before the deadline of the caller; and any error of `query`
   */
  async run<Result>(read: string, key: string, query: () => Promise<Result>): Promise<Result> {
    const { traceId, role, maximumAge, position } = currentContext();
    if (hasRole(role, 'editor')) return query();
    const id = `${read} ${maximumAge ?? ''} ${position ?? ''} ${key}`;
    let shared = this.inFlight.get(id)?.result as Promise<Result> | undefined;
    if (shared) {
      coalescedReads.inc({ read });
    } else {
      const inFlight: ReadInFlight = {};
      const span = currentSpan();
      const context = {
        traceId,
        ...(span && { span }),
        deadlineAt: Date.now() + READ_TIMEOUT_MS,
        ...(maximumAge !== undefined && { maximumAge }),
        ...(position && { position }),
      };
      shared = runInContext(context, query).finally(() => {
        this.inFlight.delete(id);
        delete inFlight.result;
      });
      inFlight.result = shared;
      this.inFlight.set(id, inFlight);
    }
    return waitUntilDeadline(shared);
  }
}
