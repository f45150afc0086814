import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface RawResponse {
  readonly status: number;
  /** Value of the header `Retry-After`. */
  readonly retryAfter: string | undefined;
  readonly bodyBytes: number;
}

interface Pending {
  readonly resolve: (response: RawResponse) => void;
  readonly reject: (error: Error) => void;
}

const CONTENT_LENGTH = /^content-length: *(\d+)/im;
const CLOSES = /^connection: *close/im;
const RETRY_AFTER = /^retry-after: *(.+)/im;
const HEAD_END = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * An HTTP/1.1 connection with one request in flight. It reads only what the benches count: parsing all headers, as
 * the clients of Node.js do, takes CPU time that the measured server could not use.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #received: Buffer = NOTHING;
  #pending: Pending | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => this.#read(bytes));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('connection closed')));
  }

  static async open(url: URL): Promise<HttpConnection> {
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    await once(socket, 'connect');
    return new HttpConnection(socket);
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  /** Sends a complete request. The connection closes if the response requests it. */
  send(request: string): Promise<RawResponse> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(bytes: Buffer): void {
    this.#received = this.#received.length === 0 ? bytes : Buffer.concat([this.#received, bytes]);
    const headBytes = this.#received.indexOf(HEAD_END);
    if (headBytes === -1) return;
    const head = this.#received.toString('latin1', 0, headBytes);
    const bodyBytes = Number(CONTENT_LENGTH.exec(head)?.[1] ?? Number.NaN);
    if (Number.isNaN(bodyBytes)) return this.#fail(new Error('a response without Content-Length'));
    if (this.#received.length < headBytes + HEAD_END.length + bodyBytes) return;
    this.#received = NOTHING;
    if (CLOSES.test(head)) this.#socket.destroy();
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.resolve({ status: Number(head.split(' ', 2)[1]), retryAfter: RETRY_AFTER.exec(head)?.[1], bodyBytes });
  }

  #fail(error: Error): void {
    this.#socket.destroy();
    this.#pending?.reject(error);
    this.#pending = undefined;
  }
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON with POST. */
  readonly body?: object;
}

/** Returns the bytes of a request: GET, or POST with a body. */
export function toRequest(url: URL, path: string, { headers = {}, body }: RequestOptions = {}): string {
  const json = body === undefined ? '' : JSON.stringify(body);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(json)}`);
  return [`${body ? 'POST' : 'GET'} ${path} HTTP/1.1`, `host: ${url.host}`, ...lines, '', json].join('\r\n');
}
