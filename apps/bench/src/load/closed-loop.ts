import { HttpConnection } from './http-connection.js';

const CONNECTIONS = 8;

/**
 * Sends complete requests over a few connections, each when the previous response has arrived.
 *
 * @returns responses with 200 per second
 * @throws Error if there are none
 */
export async function measurePeak(url: string, requests: readonly string[], seconds: number): Promise<number> {
  const stopAt = performance.now() + seconds * 1000;
  let served = 0;
  const clients = Array.from({ length: CONNECTIONS }, async (_, client) => {
    let connection = await HttpConnection.open(new URL(url));
    for (let index = client; performance.now() < stopAt; index += CONNECTIONS) {
      if (!connection.isOpen) connection = await HttpConnection.open(new URL(url));
      const { status } = await connection.send(requests[index % requests.length] ?? '');
      if (status === 200) served += 1;
    }
    connection.close();
  });
  await Promise.all(clients);
  if (served === 0) throw new Error(`${url}: no response with 200`);
  return served / seconds;
}
