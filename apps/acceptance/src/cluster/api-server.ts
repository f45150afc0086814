import { request } from 'node:http';
import { cluster } from './cluster-config.js';

const TIMEOUT_MS = 30_000;

/**
 * Requests a path from the API server, without the CPU time of a kubectl process.
 *
 * @throws Error for every status except 200
 */
export function requestApiServer(path: string, timeoutMs = TIMEOUT_MS): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const options = { socketPath: cluster.apiSocket, path, signal, headers: { host: 'localhost' } };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${path} returned ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Reads an object or a list. */
export async function readObject<Body>(path: string): Promise<Body> {
  return JSON.parse(await requestApiServer(path)) as Body;
}
