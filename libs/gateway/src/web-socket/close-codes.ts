/**
 * The reasons for which the edge closes a WebSocket: label of the metric, close code, and text for the client. Codes above
 * 4000 resemble the HTTP status of the same problem.
 *
 * @see RFC 6455 section 7.4
 */
export const CLOSINGS = {
  /** The operation has nothing more to send: it is complete, or its last message is an error. */
  finished: { code: 1000, reason: 'finished' },
  /** The process drains: reconnect to another one. */
  draining: { code: 1001, reason: 'draining' },
  binaryMessage: { code: 1003, reason: 'messages are JSON texts' },
  failed: { code: 1011, reason: 'internal error' },
  /** The token has expired, or the session or API key was revoked: connect again with new credentials. */
  credentialsExpired: { code: 4401, reason: 'credentials expired or revoked' },
  /** Unsent messages exceed the limit of the buffer. */
  slowReader: { code: 4408, reason: 'messages are read too slowly' },
  tooManyMessages: { code: 4429, reason: 'too many messages' },
} as const;

export type Closing = keyof typeof CLOSINGS;

/** Closings without a code of the edge: the client closed, sent an invalid frame, or stopped responding. */
export type OtherClosing = 'client' | 'messageTooLarge' | 'invalidFrame' | 'unresponsive';
