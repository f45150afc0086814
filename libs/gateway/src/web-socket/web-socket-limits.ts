/** Limits of the WebSockets of one process. */
export interface WebSocketLimits {
  /** Connections of all callers. */
  readonly connections: number;
  /** Connections of an account, or of an IP address for callers without an account. */
  readonly connectionsPerCaller: number;
  readonly messageBytes: number;
  /** Messages of one connection per second. A burst can have twice as many. */
  readonly messagesPerSecond: number;
  /** Messages of one connection that are handled concurrently. Further ones are read afterwards. */
  readonly messagesInProgress: number;
  /** Unsent bytes of one connection. If a slow reader exceeds them, its connection is closed. */
  readonly maxBufferedBytes: number;
  /** Interval between pings. A connection that has not responded to the previous ping is discarded. */
  readonly pingIntervalMs: number;
  /** Age after which a connection is closed, as if its token had expired: roles and scopes can have changed. */
  readonly maxAgeMs: number;
  /** Time in which a client confirms a close frame. */
  readonly closeTimeoutMs: number;
  /** Interval between checks for expired and revoked credentials. */
  readonly checkIntervalMs: number;
}

export const WEB_SOCKET_LIMITS: WebSocketLimits = {
  connections: 10_000,
  connectionsPerCaller: 20,
  messageBytes: 16 * 1024,
  messagesPerSecond: 20,
  messagesInProgress: 16,
  maxBufferedBytes: 256 * 1024,
  pingIntervalMs: 20_000,
  maxAgeMs: 10 * 60_000,
  closeTimeoutMs: 2_000,
  checkIntervalMs: 2_000,
};
