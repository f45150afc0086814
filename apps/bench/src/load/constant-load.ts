import { setTimeout as sleep } from 'node:timers/promises';
import { HttpConnection, type RawResponse } from './http-connection.js';

export interface ConstantLoad {
  readonly url: string;
  /** Complete requests, sent one after the other. */
  readonly requests: readonly string[];
  /** Index of the first request. */
  readonly offset: number;
  readonly requestsPerSecond: number;
  readonly seconds: number;
}

export interface ConstantLoadResult {
  readonly sent: number;
  /** Responses with 200, and their times from the moment at which the request was due. */
  readonly served: number;
  readonly servedPerSecond: number;
  readonly servedMs: readonly number[];
  /** Responses with 503 and `Retry-After`. */
  readonly rejected: number;
  readonly rejectedMs: readonly number[];
  /** Other responses, and requests without a response. */
  readonly failures: ReadonlyMap<string, number>;
}

/** Further requests wait for a connection, as those of users behind a load balancer do. */
const MAX_CONNECTIONS = 512;

/**
 * Sends requests at a constant rate. A request does not wait for earlier ones, so that a slow server does not reduce the
 * load, and the time of a delayed request includes its delay.
 */
export async function runConstantLoad(load: ConstantLoad): Promise<ConstantLoadResult> {
  const url = new URL(load.url);
  const pool = new ConnectionPool(url);
  const outcome = new Outcome();
  const count = Math.round(load.requestsPerSecond * load.seconds);
  const startedAt = performance.now();
  const inFlight: Promise<void>[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      const dueAt = startedAt + (index * 1000) / load.requestsPerSecond;
      while (dueAt > performance.now()) await sleep(1);
      const request = load.requests[(load.offset + index) % load.requests.length] ?? '';
      inFlight.push(outcome.record(dueAt, pool.send(request)));
    }
    await Promise.all(inFlight);
    return outcome.toResult(count, (performance.now() - startedAt) / 1000);
  } finally {
    pool.close();
  }
}

class Outcome {
  readonly #servedMs: number[] = [];
  readonly #rejectedMs: number[] = [];
  readonly #failures = new Map<string, number>();

  async record(dueAt: number, response: Promise<RawResponse>): Promise<void> {
    try {
      const { status, retryAfter } = await response;
      const elapsedMs = performance.now() - dueAt;
      if (status === 200) this.#servedMs.push(elapsedMs);
      else if (status === 503 && retryAfter !== undefined) this.#rejectedMs.push(elapsedMs);
      else this.#countFailure(`status ${status}`);
    } catch (error) {
      this.#countFailure(error instanceof Error ? error.message : String(error));
    }
  }

  #countFailure(reason: string): void {
    this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
  }

  toResult(sent: number, seconds: number): ConstantLoadResult {
    const served = this.#servedMs.length;
    return {
      sent,
      served,
      servedPerSecond: served / seconds,
      servedMs: this.#servedMs,
      rejected: this.#rejectedMs.length,
      rejectedMs: this.#rejectedMs,
      failures: this.#failures,
    };
  }
}

/** Reuses connections. Opens new ones up to a limit. */
class ConnectionPool {
  readonly #url: URL;
  readonly #idle: HttpConnection[] = [];
  readonly #waiting: (() => void)[] = [];
  #openCount = 0;

  constructor(url: URL) {
    this.#url = url;
  }

  async send(request: string): Promise<RawResponse> {
    if (this.#openCount >= MAX_CONNECTIONS && this.#idle.length === 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const connection = this.#takeIdle() ?? (await this.#open());
    try {
      return await connection.send(request);
    } finally {
      if (connection.isOpen) this.#idle.push(connection);
      else this.#openCount -= 1;
      this.#waiting.shift()?.();
    }
  }

  close(): void {
    for (const connection of this.#idle) connection.close();
  }

  #takeIdle(): HttpConnection | undefined {
    for (let connection = this.#idle.pop(); connection !== undefined; connection = this.#idle.pop()) {
      if (connection.isOpen) return connection;
      this.#openCount -= 1;
    }
    return undefined;
  }

  async #open(): Promise<HttpConnection> {
    this.#openCount += 1;
    try {
      return await HttpConnection.open(this.#url);
    } catch (error) {
      this.#openCount -= 1;
      throw error;
    }
  }
}
