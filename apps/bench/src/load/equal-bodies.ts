import { createHash } from 'node:crypto';

/**
 * Compares the response bodies of servers.
 *
 * @throws Error if the responses to a path differ in their bytes, or one is not 200
 */
export async function assertEqualBodies(origins: readonly string[], paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const digests = await Promise.all(origins.map((origin) => readDigest(new URL(path, origin).href)));
    if (new Set(digests).size !== 1) throw new Error(`${path}: the bodies of ${origins.join(' and ')} differ`);
  }
}

async function readDigest(url: string): Promise<string> {
  const response = await fetch(url);
  if (response.status !== 200) throw new Error(`${url} returned ${response.status}`);
  return createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
}
