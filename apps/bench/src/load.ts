import autocannon from 'autocannon';

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const CONNECTIONS = 16;

/**
 * Sends GET requests over 16 connections as fast as the server responds.
 *
 * @throws Error if a response is not 2xx, because rejections are fast and would count as throughput
 */
export async function generateLoad(url: string, durationSeconds: number): Promise<LoadResult> {
  const options = { url, connections: CONNECTIONS, duration: durationSeconds };
  const { requests, latency, errors, timeouts, non2xx } = await autocannon(options);
  if (errors + timeouts + non2xx > 0) {
    throw new Error(`${url}: ${errors} errors, ${timeouts} timeouts, ${non2xx} responses other than 2xx`);
  }
  return { requestsPerSecond: requests.average, p50Ms: latency.p50, p99Ms: latency.p99 };
}
