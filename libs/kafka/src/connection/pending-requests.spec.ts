import { createRequire } from 'node:module';
import './pending-requests.js';

interface Queue {
  push(request: unknown): void;
  fulfillRequest(response: unknown): void;
  maybeThrottle(timeMs: number): void;
}
type QueueConstructor = new (options: Readonly<Record<string, unknown>>) => Queue;

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as QueueConstructor;
const LOGGER = { debug: () => undefined, warn: () => undefined };

describe('the request queue of kafkajs', () => {
  let sent: number[];
  let queue: Queue;
  beforeEach(() => {
    vi.useFakeTimers();
    sent = [];
    const logger = { ...LOGGER, namespace: () => LOGGER };
    queue = new RequestQueue({ logger, maxInFlightRequests: 1, requestTimeout: 1_000, isConnected: () => true });
  });
  afterEach(() => vi.useRealTimers());

  const push = (correlationId: number): void =>
    queue.push({
      entry: { correlationId, resolve: () => undefined, reject: () => undefined },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });

  it('runs no timer after the last response', () => {
    push(1);
    queue.fulfillRequest({ correlationId: 1, size: 0 });
    expect([sent, vi.getTimerCount()]).toEqual([[1], 0]);
  });

  it('sends a request that waits for an earlier one', () => {
    push(1);
    push(2);
    expect(sent).toEqual([1]);
    queue.fulfillRequest({ correlationId: 1, size: 0 });
    expect(sent).toEqual([1, 2]);
  });

  it('sends a throttled request after the time that the broker has requested', () => {
    queue.maybeThrottle(500);
    push(1);
    vi.advanceTimersByTime(499);
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(2);
    expect([sent, vi.getTimerCount()]).toEqual([[1], 0]);
  });
});
