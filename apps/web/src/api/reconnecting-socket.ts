import { isTemporary, Problem, type ProblemFields } from './problem.js';

export interface SocketOptions<Received> {
  /** Returns the path and the query of a connection. */
  readonly path: () => string;
  /** Called before each reconnection, to renew an expired session. Unless the error is temporary, a rejection ends the attempts. */
  readonly beforeReconnect: () => Promise<unknown>;
  readonly onOpen?: () => void;
  readonly onMessage: (message: Received) => void;
  /** Called for each error message of the edge, which can close the connection after it. */
  readonly onRejected?: (problem: Problem) => void;
  readonly onDisconnect: () => void;
  /** Called after a permanent error. No further connection is opened. */
  readonly onProblem: (problem: unknown) => void;
}

interface ErrorMessage {
  readonly type: 'error';
  readonly problem: ProblemFields;
}

const RETRY_BASE_MS = 250;
const RETRY_CAP_MS = 4_000;

/** The edge closes a connection with this code when it is complete, or after an error message. */
const NORMAL_CLOSURE = 1000;

/** A WebSocket to the edge. Reconnects until `close` is called, or until a permanent error. */
export class ReconnectingSocket<Sent, Received extends { readonly type: string }> {
  private socket: WebSocket | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private attempt = 0;
  private isClosed = false;

  constructor(private readonly options: SocketOptions<Received>) {
    this.open();
  }

  /** Does nothing without a connection. */
  send(message: Sent): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  /** Closes the connection, and opens another one after a delay. */
  reconnect(): void {
    this.socket?.close();
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private open(): void {
    const { path, onOpen, onDisconnect } = this.options;
    const url = new URL(path(), window.location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url);
    this.socket = socket;
    let problem: Problem | undefined;
    socket.addEventListener('open', () => onOpen?.());
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Received | ErrorMessage;
      if (!isError(message)) return this.receive(message);
      problem = new Problem(message.problem);
      this.options.onRejected?.(problem);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.isClosed) return;
      onDisconnect();
      if (problem && code === NORMAL_CLOSURE && !isTemporary(problem)) return this.fail(problem);
      this.attempt += 1;
      const delayMs = Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** this.attempt) * (0.5 + Math.random() / 2);
      this.timer = setTimeout(() => void this.reopen(), delayMs);
    });
  }

  private receive(message: Received): void {
    this.attempt = 0;
    if (!this.isClosed) this.options.onMessage(message);
  }

  private fail(problem: unknown): void {
    this.isClosed = true;
    this.options.onProblem(problem);
  }

  private async reopen(): Promise<void> {
    try {
      await this.options.beforeReconnect();
    } catch (error) {
      if (this.isClosed) return;
      if (!(error instanceof Problem) || !isTemporary(error)) return this.fail(error);
    }
    if (!this.isClosed) this.open();
  }
}

function isError(message: { readonly type: string }): message is ErrorMessage {
  return message.type === 'error';
}
