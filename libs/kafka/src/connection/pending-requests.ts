import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
}

/** Internal to kafkajs, and without types. */
const { prototype: queue } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  readonly prototype: RequestQueue;
};

const { scheduleCheckPendingRequests } = queue;

/**
 * Schedules the next check of the requests that wait to be sent only if there are any. kafkajs 2.2.4 also schedules it
 * if there are none, after a negative time, which Node extends to 1 ms. Each connection would wake its process up 1,000 times
 * per second: 3 % of a core per idle process.
 */
queue.scheduleCheckPendingRequests = function (this: RequestQueue): void {
  if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
};
