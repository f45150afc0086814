import { once } from 'node:events';
import {
  constants,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import type { HostPort, Logger } from '@viernes/platform';
import { acceptProxyProtocol } from '../proxy-protocol/accept-proxy-protocol.js';
import type { ConnectionPolicy } from '../server/connection-age.js';
import { limitConnectionsPerAddress } from '../server/connection-limit.js';

const MAX_STREAMS_PER_CONNECTION = 100;
const MAX_HEADER_BYTES = 16 * 1024;

/** A connection without traffic for this long is closed. */
const IDLE_TIMEOUT_MS = 180_000;

/** A call whose client neither sends nor receives for this long is cancelled. */
const STREAM_TIMEOUT_MS = 30_000;

/** Time from the announcement to the close of a connection. Calls that cross the announcement are still served. */
const CLOSE_DELAY_MS = 1_000;

/** Sent in the first GOAWAY, which rejects no stream. */
const MAX_STREAM_ID = 2 ** 31 - 1;

export type Http2Handler = (request: Http2ServerRequest, response: Http2ServerResponse) => void;

/**
 * An HTTP/2 server without TLS, whose connections follow the policies of the HTTP port: their number per IP address, their
 * age, the PROXY protocol, and the shutdown. A connection closes with two GOAWAY frames (RFC 9113 section 6.8), so that no
 * call is lost.
 */
export class Http2Listener {
  private readonly server;
  private readonly sessions = new Set<ServerHttp2Session>();
  private readonly closePending: () => void;

  constructor(handler: Http2Handler, logger: Logger, connections: ConnectionPolicy) {
    const { maxPerAddress, trustedProxies, hasProxyHeaders } = connections;
    this.server = createServer(
      {
        settings: { maxConcurrentStreams: MAX_STREAMS_PER_CONNECTION, maxHeaderListSize: MAX_HEADER_BYTES },
      },
      handler,
    );
    limitConnectionsPerAddress(this.server, maxPerAddress, trustedProxies);
    this.server.on('session', (session) => this.accept(session, connections));
    this.server.on('stream', (stream) =>
      stream.setTimeout(STREAM_TIMEOUT_MS, () => stream.close(constants.NGHTTP2_CANCEL)),
    );
    // Errors of a client concern only its connection.
    this.server.on('sessionError', (error) => logger.debug({ err: error }, 'HTTP/2 connection failed'));
    const retireAll = (): void => this.sessions.forEach(retire);
    connections.shutdown.draining.addEventListener('abort', retireAll, { once: true });
    this.closePending = hasProxyHeaders ? acceptProxyProtocol(this.server, logger, trustedProxies) : () => undefined;
  }

  /** @throws Error EADDRINUSE */
  async listen({ host, port }: HostPort): Promise<void> {
    this.server.listen({ host, port });
    await once(this.server, 'listening');
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Resolves when all calls in flight have finished. */
  async close(): Promise<void> {
    this.closePending();
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    for (const session of this.sessions) session.close();
    await closed;
  }

  private accept(session: ServerHttp2Session, { maxAgeMs, shutdown }: ConnectionPolicy): void {
    this.sessions.add(session);
    session.setTimeout(IDLE_TIMEOUT_MS, () => session.close());
    const end = (): void => retire(session);
    const timer = maxAgeMs > 0 ? setTimeout(end, maxAgeMs * (0.9 + Math.random() * 0.2)) : undefined;
    session.once('close', () => {
      clearTimeout(timer);
      this.sessions.delete(session);
    });
    // A connection that is opened while the process drains closes after its first call.
    if (shutdown.draining.aborted) session.once('stream', end);
  }
}

/** Announces the close of a connection, and closes it after CLOSE_DELAY_MS. Calls in flight finish. */
function retire(session: ServerHttp2Session): void {
  if (session.closed || session.destroyed) return;
  session.goaway(constants.NGHTTP2_NO_ERROR, MAX_STREAM_ID);
  const timer = setTimeout(() => session.close(), CLOSE_DELAY_MS);
  session.once('close', () => clearTimeout(timer));
}
