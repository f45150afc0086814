import { CodedError } from '@viernes/contracts';
import { runInContext, TokenBucket, type Logger, type RequestContext } from '@viernes/platform';
import type { FastifyRequest } from 'fastify';
import { WebSocket, type RawData } from 'ws';
import type { z } from 'zod';
import { selectLanguage } from '../formats/select-language.js';
import { fromFrameworkError } from '../problems/framework-errors.js';
import { toProblem, type Problem } from '../problems/problem.js';
import { DEFAULT_TIMEOUT_MS, type Operation } from '../routes/operation.js';
import { CLOSINGS, type Closing, type OtherClosing } from './close-codes.js';
import { parseMessage } from './parse-message.js';
import { closedTotal, connectionsOpen, messagesTotal } from './web-socket-metrics.js';
import type { WebSocketLimits } from './web-socket-limits.js';

/** Reports an invalid or failed message to the client. `id` is the ID of that message, if it has one. */
export interface ErrorMessage {
  readonly type: 'error';
  readonly id?: string;
  readonly problem: Problem;
}

/** The messages that clients send to an operation. */
export type ClientMessage<Declared extends Operation> = Declared extends {
  readonly webSocket: { readonly clientMessage: infer Schema extends z.ZodType };
}
  ? z.infer<Schema>
  : never;

/** The messages that an operation sends. */
export type ServerMessage<Declared extends Operation> = Declared extends {
  readonly webSocket: { readonly serverMessage: infer Schema extends z.ZodType };
}
  ? z.infer<Schema>
  : never;

/** One WebSocket of one operation: typed messages, limits, and an error message for each failed one. */
export class WebSocketConnection<Declared extends Operation = Operation> {
  /** Aborted when the connection closes. */
  readonly closed: AbortSignal;

  private readonly closing = new AbortController();
  private readonly messages: TokenBucket;
  private readonly operationId: string;
  private readonly openedAt = performance.now();
  private onReceive: ((message: ClientMessage<Declared>) => unknown) | undefined;
  private inProgress = 0;
  private reason: Closing | OtherClosing = 'client';
  private pingedAt = performance.now();
  private isResponsive = true;

  /** @param operation declares `webSocket` */
  constructor(
    private readonly socket: WebSocket,
    private readonly request: FastifyRequest,
    private readonly operation: Declared,
    private readonly limits: WebSocketLimits,
    private readonly logger: Logger,
  ) {
    this.operationId = operation.operationId;
    this.closed = this.closing.signal;
    this.messages = new TokenBucket({ rate: limits.messagesPerSecond, burst: 2 * limits.messagesPerSecond });
    connectionsOpen.inc({ operation: this.operationId });
    // Reads nothing until the handler calls onMessage.
    socket.pause();
    socket.on('message', (data, isBinary) => this.receive(data, isBinary));
    socket.on('pong', () => (this.isResponsive = true));
    socket.on('error', (error) => {
      const code = 'code' in error ? error.code : undefined;
      this.reason = code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH' ? 'messageTooLarge' : 'invalidFrame';
    });
    socket.once('close', (code: number) => this.recordClose(code));
  }

  /** The context of the request that opened the connection: its trace and its caller. */
  get context(): RequestContext {
    return this.request.requestContext;
  }

  get sessionId(): string | undefined {
    return this.request.caller?.sessionId;
  }

  get isOpen(): boolean {
    return this.socket.readyState === WebSocket.OPEN;
  }

  /**
   * Starts to read messages, and handles each valid one in the context of the caller with the timeout of the operation as
   * deadline. Several can be in progress. A CodedError, and any other error as INTERNAL, is sent as an error message.
   */
  onMessage(handle: (message: ClientMessage<Declared>) => unknown): void {
    this.onReceive = handle;
    this.socket.resume();
  }

  /** Sends a message. Does nothing on a closed connection. Closes one whose client reads too slowly. */
  send(message: ServerMessage<Declared>): void {
    this.sendText(JSON.stringify(message));
  }

  /** Sends a message that was serialized once for many connections. */
  sendText(text: string): void {
    if (!this.isOpen) return;
    if (this.socket.bufferedAmount > this.limits.maxBufferedBytes) {
      this.close('slowReader');
      // The client does not read the close frame either. Discards the unread data.
      setTimeout(() => this.socket.terminate(), this.limits.closeTimeoutMs).unref();
      return;
    }
    messagesTotal.inc({ operation: this.operationId, direction: 'out' });
    this.socket.send(text);
  }

  /** Sends a serialized message, and resolves when the operating system has it: a client that catches up is not a slow reader. */
  async sendAndFlush(text: string): Promise<void> {
    if (!this.isOpen) return;
    messagesTotal.inc({ operation: this.operationId, direction: 'out' });
    await new Promise<void>((resolve) => this.socket.send(text, () => resolve()));
  }

  /** Sends an error as problem details, and logs it like an HTTP request that fails with it. */
  sendError(error: unknown, id?: string): void {
    const coded = fromFrameworkError(error);
    const { code, fieldErrors, details } = coded;
    runInContext(this.context, () => {
      if (code === 'INTERNAL') this.logger.error({ err: coded }, 'web socket message failed');
      else this.logger.info({ code, details, fieldErrors }, 'web socket message rejected');
    });
    const { url, headers } = this.request;
    const language = selectLanguage(headers['accept-language']);
    const problem = toProblem(code, { url, traceId: this.context.traceId, fieldErrors, language });
    const message: ErrorMessage = { type: 'error', ...(id !== undefined && { id }), problem };
    this.sendText(JSON.stringify(message));
  }

  /** Closes the connection with the code of the reason. */
  close(reason: Closing): void {
    if (!this.isOpen) return;
    this.reason = reason;
    const closing = CLOSINGS[reason];
    this.socket.close(closing.code, closing.reason);
    // Reads the confirmation of the client, even if the handler has not called onMessage.
    this.socket.resume();
  }

  /** Discards the connection without a close frame. */
  terminate(): void {
    this.socket.terminate();
  }

  /** Closes the connection if its credentials have expired or its client does not respond, and sends pings. */
  check(nowMs: number): void {
    const { caller } = this.request;
    const ageMs = performance.now() - this.openedAt;
    if (caller && (nowMs >= caller.expiresAtMs || ageMs >= this.limits.maxAgeMs)) this.close('credentialsExpired');
    const now = performance.now();
    if (now - this.pingedAt < this.limits.pingIntervalMs) return;
    if (!this.isResponsive) {
      if (this.isOpen) this.reason = 'unresponsive';
      this.socket.terminate();
      return;
    }
    this.pingedAt = now;
    this.isResponsive = false;
    if (this.isOpen) this.socket.ping();
  }

  private receive(data: RawData, isBinary: boolean): void {
    messagesTotal.inc({ operation: this.operationId, direction: 'in' });
    this.isResponsive = true;
    if (!this.isOpen) return;
    if (isBinary) return this.close('binaryMessage');
    if (this.messages.take(1, Date.now()).tokens === 0) return this.close('tooManyMessages');
    const schema = this.operation.webSocket?.clientMessage;
    if (!schema) throw new Error(`${this.operationId} is not a WebSocket`);
    const { message, id, error } = parseMessage(data.toString(), schema);
    if (error) return this.sendError(error, id);
    // Stops reading from the client while it has many messages in progress.
    if ((this.inProgress += 1) >= this.limits.messagesInProgress) this.socket.pause();
    void this.handle(message as ClientMessage<Declared>, id);
  }

  private async handle(message: ClientMessage<Declared>, id: string | undefined): Promise<void> {
    const deadlineAt = Date.now() + (this.operation.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    try {
      await runInContext({ ...this.context, deadlineAt }, () => this.onReceive?.(message));
    } catch (error) {
      this.sendError(error, id);
    } finally {
      this.inProgress -= 1;
      if (this.isOpen) this.socket.resume();
    }
  }

  private recordClose(code: number): void {
    this.closing.abort();
    connectionsOpen.dec({ operation: this.operationId });
    closedTotal.inc({ operation: this.operationId, reason: this.reason });
    const durationMs = Math.round(performance.now() - this.openedAt);
    const { operationId: operation, reason } = this;
    runInContext(this.context, () => this.logger.info({ operation, code, reason, durationMs }, 'web socket closed'));
  }
}

/** @throws CodedError INTERNAL if the route is not a WebSocket */
export function connectionOf(request: FastifyRequest): WebSocketConnection {
  if (!request.webSocket) throw new CodedError('INTERNAL', { reason: 'not a WebSocket' });
  return request.webSocket;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The connection, once the request has opened it. */
    webSocket: WebSocketConnection | null;
  }
}
