import { request } from 'node:http';
import { cluster } from './cluster-config.js';

const PATIENCE_MS = 30_000;

/** Asks the API server; a program for each look would cost more than what it looks at. @throws Error for any status but 200 */
export function askApiServer(path: string, patienceMs = PATIENCE_MS): Promise<string> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(patienceMs);
    const options = { socketPath: cluster.apiSocket, path, signal, headers: { host: 'localhost' } };
    const asked = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${path} was answered ${response.statusCode}: ${text.slice(0, 500)}`));
      });
    });
    asked.on('error', reject);
    asked.end();
  });
}

/** One object, or a list of them. */
export async function readObject<Body>(path: string): Promise<Body> {
  return JSON.parse(await askApiServer(path)) as Body;
}
