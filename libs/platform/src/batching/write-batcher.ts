import { isTransient } from '@viernes/contracts';
import { runInContext } from '../context/request-context.js';
import { newTraceId } from '../context/trace-parent.js';
import { sleep } from '../waiting/sleep.js';
import { waitUntilDeadline } from '../waiting/wait-until-deadline.js';

/**
 * Maximum duration of a write in milliseconds. Less than half of the 5 s that clients wait for a response: if the database
 * does not respond, callers of the next batch receive its error too, instead of reaching their deadline.
 */
const WRITE_TIMEOUT_MS = 2_000;

export interface BatchLimits {
  /** A batch of this size is written immediately. */
  readonly maxItems: number;
  /** How long the first item of a smaller batch waits for others, in milliseconds. */
  readonly maxWaitMs: number;
}

/**
 * Commits all items, or none if it throws. It can be called again with fewer of the items.
 *
 * @returns the result of each item, in the order of the items
 */
export type WriteBatch<Item, Result> = (items: readonly Item[]) => Promise<readonly Result[]>;

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes the items of concurrent callers together, so that many small writes cost few transactions. Each caller waits
 * until its item is committed. One batch is written at a time, while the next one collects items: an overloaded database
 * receives larger batches, not more of them.
 */
export class WriteBatcher<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private isRunning = false;
  /** Aborted when the batch is full, which ends the wait for further items. */
  private full = new AbortController();

  /** @param write runs without the caller of any item: in a new trace, with a deadline of 2 s */
  constructor(
    private readonly limits: BatchLimits,
    private readonly write: WriteBatch<Item, Result>,
  ) {}

  /**
   * Resolves when the item is committed.
   *
   * @throws CodedError DEADLINE_EXCEEDED shortly before the deadline of the caller, although the item can still be
   *   committed; and any error of `write`
   */
  async add(item: Item): Promise<Result> {
    const written = new Promise<Result>((resolve, reject) => this.waiting.push({ item, resolve, reject }));
    if (this.waiting.length >= this.limits.maxItems) this.full.abort();
    if (!this.isRunning) void this.run();
    return waitUntilDeadline(written);
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    const { maxItems, maxWaitMs } = this.limits;
    while (this.waiting.length > 0) {
      if (this.waiting.length < maxItems) await sleep(maxWaitMs, this.full.signal);
      this.full = new AbortController();
      await this.writeAll(this.waiting.splice(0, maxItems));
    }
    this.isRunning = false;
  }

  /** If a batch fails, each half is written separately, so that one failing item does not affect the others. */
  private async writeAll(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const context = { traceId: newTraceId(), deadlineAt: Date.now() + WRITE_TIMEOUT_MS };
      const results = await runInContext(context, () => this.write(batch.map(({ item }) => item)));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      // An unavailable database rejects smaller batches as well.
      if (batch.length === 1 || isTransient(error)) {
        for (const { reject } of batch) reject(error);
        return;
      }
      const middle = Math.ceil(batch.length / 2);
      await this.writeAll(batch.slice(0, middle));
      await this.writeAll(batch.slice(middle));
    }
  }
}
