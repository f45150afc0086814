import { once } from 'node:events';
import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 1000;

/** Returns whether a port on loopback accepts connections. */
export function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect', { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    .then(() => true)
    .catch(() => false)
    .finally(() => socket.destroy());
}

/** Sends a GET request. @returns its status */
export async function httpStatus(url: string): Promise<number> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
  await response.body?.cancel();
  return response.status;
}

/** @throws Error that names each port in use with the variable that changes it */
export async function assertPortsFree(ports: Readonly<Record<string, number>>): Promise<void> {
  const lines: string[] = [];
  for (const [name, port] of Object.entries(ports)) {
    if (await isListening(port)) lines.push(`Port ${port} is in use. Stop the other process or set ${name}.`);
  }
  if (lines.length > 0) throw new Error(lines.join('\n'));
}
