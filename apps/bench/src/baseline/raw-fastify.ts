import { startChildServer, type ChildServer } from './child-server.js';
import type { RawResponses } from './raw-fastify-server.js';

/** Starts Fastify without any policy. It returns the current response of the platform to each path from memory. */
export async function startRawFastify(origin: string, paths: readonly string[]): Promise<ChildServer> {
  const responses: Record<string, RawResponses[string]> = {};
  for (const path of paths) {
    const response = await fetch(new URL(path, origin));
    if (!response.ok) throw new Error(`${path} returned ${response.status}`);
    responses[path] = {
      contentType: response.headers.get('content-type') ?? '',
      etag: response.headers.get('etag') ?? '"baseline"',
      body: new Uint8Array(await response.arrayBuffer()),
    };
  }
  return startChildServer('./raw-fastify-server.js', responses);
}
