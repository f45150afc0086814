import { startChildServer, type ChildServer } from './child-server.js';
import type { RawResponses } from './raw-fastify-server.js';

/** Starts Fastify without policies. It serves copies of the responses that the platform returns now for these paths. */
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
