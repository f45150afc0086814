import type pg from 'pg';

/**
 * Waits for the response to a request, and closes the connection if there is none within the limit: a server that is
 * stopped or unreachable does not acknowledge packets, and the kernel would retransmit for a quarter of an hour. The
 * request then fails like on any broken connection, and the pool opens a new connection to the current address of the
 * server.
 *
 * @throws any error of `request`, or pg's error about the broken connection
 */
export async function withResponseTimeout<Result>(
  client: pg.PoolClient,
  limitMs: number,
  request: () => Promise<Result>,
): Promise<Result> {
  let isFinished = false;
  const close = (): void => {
    if (!isFinished) client.connection.stream.destroy(new Error(`no response from PostgreSQL within ${limitMs} ms`));
  };
  // In a busy process, the response can already be readable when the timer fires. It is read before setImmediate.
  const timer = setTimeout(() => setImmediate(close), limitMs);
  try {
    return await request();
  } finally {
    isFinished = true;
    clearTimeout(timer);
  }
}
