import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';

/** Messages end with the ID of the title. */
const ID_LENGTH = 36;
const END_LENGTH = '"}}'.length;

/** Maximum number of handshakes in progress. */
const CONCURRENCY = 50;
const TIMEOUT_MS = 30_000;

/** The receipts of events by all subscribers. */
export interface Receipts {
  /** From publishing to each receipt. */
  readonly latenciesMs: readonly number[];
  /** From the first to the last receipt. */
  readonly spreadMs: number;
}

export interface Source {
  readonly url: string;
  readonly options?: ClientOptions;
  /** Sent by each subscriber, which then waits for a response. */
  readonly subscription?: string;
  /** Sends an event for each ID, in this order. */
  readonly publish: (ids: readonly string[]) => Promise<void>;
}

/** Connections that receive the same events. They do not parse messages, because thousands arrive at the same time. */
export class Subscribers {
  private handle: (index: number, data: Buffer) => void = () => undefined;
  /** The latest message that any subscriber received. */
  latest = '';

  private constructor(
    private readonly sockets: readonly WebSocket[],
    private readonly source: Source,
  ) {
    for (const [index, socket] of sockets.entries()) {
      socket.on('message', (data: Buffer) => this.handle(index, data));
    }
  }

  static async open(count: number, source: Source): Promise<Subscribers> {
    const sockets: WebSocket[] = [];
    let started = 0;
    const connect = async (): Promise<void> => {
      while (started < count) {
        started += 1;
        sockets.push(await open(source));
      }
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, connect));
    return new Subscribers(sockets, source);
  }

  get count(): number {
    return this.sockets.length;
  }

  /**
   * Publishes events, and waits until each subscriber has received all of them.
   *
   * @throws Error if a subscriber misses an event, receives it twice, or in another order
   */
  async receive(ids: readonly string[]): Promise<Receipts> {
    const { count } = this;
    const order = new Map(ids.map((id, index) => [id, index]));
    const received = new Int32Array(count);
    const latenciesMs: number[] = [];
    const publishedAt = performance.now();
    const complete = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        const missing = count * ids.length - latenciesMs.length;
        reject(new Error(`${missing} of ${count * ids.length} messages are missing`));
      }, TIMEOUT_MS);
      this.handle = (index, data) => {
        const position = order.get(readId(data));
        // The event of another publisher.
        if (position === undefined) return;
        if (position !== received[index])
          reject(new Error(`subscriber ${index} received event ${position} out of order`));
        received[index] = position + 1;
        latenciesMs.push(performance.now() - publishedAt);
        if (latenciesMs.length < count * ids.length) return;
        this.latest = data.toString();
        clearTimeout(timer);
        resolve();
      };
    });
    await Promise.all([this.source.publish(ids), complete]);
    return { latenciesMs, spreadMs: (latenciesMs.at(-1) ?? 0) - (latenciesMs[0] ?? 0) };
  }

  async close(): Promise<void> {
    const closed = this.sockets.map((socket) => once(socket, 'close'));
    for (const socket of this.sockets) socket.terminate();
    await Promise.all(closed);
  }
}

async function open({ url, options, subscription }: Source): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false, ...options });
  await once(socket, 'open');
  if (subscription !== undefined) {
    socket.send(subscription);
    const [data] = (await once(socket, 'message')) as [Buffer];
    if (!data.includes('"subscribed"')) throw new Error(`not subscribed: ${data.toString()}`);
  }
  return socket;
}

function readId(data: Buffer): string {
  const end = data.length - END_LENGTH;
  return data.toString('latin1', end - ID_LENGTH, end);
}
