import { CodedError } from '@viernes/contracts';
import type { Logger } from '@viernes/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import type { Authenticator } from '../auth/authenticator.js';
import { addressKey } from '../limits/address-key.js';
import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';
import type { Operation } from '../routes/operation.js';
import { WebSocketConnection } from './web-socket-connection.js';
import type { WebSocketLimits } from './web-socket-limits.js';

/** The open WebSockets of this process. One timer checks all of them. */
export class WebSockets {
  private readonly connections = new Set<WebSocketConnection>();
  private readonly limiter: ConcurrencyLimiter;
  private readonly timer: NodeJS.Timeout;
  private isDraining = false;

  constructor(
    readonly limits: WebSocketLimits,
    private readonly authenticator: Pick<Authenticator, 'findRevoked'>,
    private readonly logger: Logger,
  ) {
    const { connections: total, connectionsPerCaller: perKey, checkIntervalMs } = limits;
    this.limiter = new ConcurrencyLimiter('web-sockets', { perKey, total });
    this.timer = setInterval(() => void this.check(), checkIntervalMs);
  }

  /**
   * Acquires a slot for the connection of a handshake.
   *
   * @throws CodedError RATE_LIMITED; OVERLOADED, also while the process drains; REQUEST_INVALID without a client
   */
  admit(request: FastifyRequest, reply: FastifyReply): void {
    if (this.isDraining) throw new CodedError('OVERLOADED', { reason: 'draining' });
    this.limiter.acquireFor(request.caller?.accountId ?? addressKey(request.ip), reply.raw);
  }

  add(socket: WebSocket, request: FastifyRequest, operation: Operation): void {
    const connection = new WebSocketConnection(socket, request, operation, this.limits, this.logger);
    request.webSocket = connection;
    this.connections.add(connection);
    socket.once('close', () => this.connections.delete(connection));
    if (this.isDraining) connection.close('draining');
  }

  /** Rejects handshakes from now on, and closes all connections, so that clients reconnect to another process. */
  drain(): void {
    this.isDraining = true;
    for (const connection of this.connections) connection.close('draining');
  }

  /** Drains, and resolves when all connections are closed. Terminates those whose clients do not confirm in time. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.drain();
    const open = [...this.connections].map(
      ({ closed }) => new Promise((resolve) => closed.addEventListener('abort', resolve, { once: true })),
    );
    const timer = setTimeout(() => {
      for (const connection of this.connections) connection.terminate();
    }, this.limits.closeTimeoutMs);
    await Promise.all(open);
    clearTimeout(timer);
  }

  private async check(): Promise<void> {
    const nowMs = Date.now();
    for (const connection of this.connections) connection.check(nowMs);
    const sessionIds = new Set([...this.connections].flatMap(({ sessionId }) => sessionId ?? []));
    const revoked = await this.authenticator.findRevoked([...sessionIds]);
    if (revoked.size === 0) return;
    for (const connection of this.connections) {
      if (revoked.has(connection.sessionId ?? '')) connection.close('credentialsExpired');
    }
  }
}
