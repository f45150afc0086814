import { ReconnectingSocket } from './reconnecting-socket.js';

/** The connections that a test has opened, oldest first. */
let connections: FakeWebSocket[] = [];

/** A fake connection. The test sends its messages and closes it. */
class FakeWebSocket extends EventTarget {
  static readonly OPEN = 1;
  readonly readyState = FakeWebSocket.OPEN;

  constructor(readonly url: URL) {
    super();
    connections.push(this);
  }

  /** Sends a problem with this status, and closes the connection as the edge does after its last message. */
  fail(status: number): void {
    const problem = { title: 'Failed', status, code: 'DEPENDENCY_UNAVAILABLE' };
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify({ type: 'error', problem }) }));
    this.dispatchEvent(Object.assign(new Event('close'), { code: 1000 }));
  }

  close(): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code: 1000 }));
  }
}

describe('ReconnectingSocket', () => {
  const onProblem = vi.fn();
  let socket: ReconnectingSocket<never, { readonly type: string }>;

  beforeEach(() => {
    connections = [];
    onProblem.mockReset();
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeWebSocket);
    vi.stubGlobal('window', { location: { href: 'http://localhost/' } });
    socket = new ReconnectingSocket({
      path: () => '/v1/events',
      beforeReconnect: async () => undefined,
      onMessage: () => undefined,
      onDisconnect: () => undefined,
      onProblem,
    });
  });
  afterEach(() => {
    socket.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('reconnects if the edge closes the connection after a temporary error', async () => {
    connections[0]?.fail(503);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connections).toHaveLength(2);
    expect(onProblem).not.toHaveBeenCalled();
  });

  it('reports a permanent error, and does not reconnect', async () => {
    connections[0]?.fail(404);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connections).toHaveLength(1);
    expect(onProblem).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 404 }));
  });
});
