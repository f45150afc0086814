import createClient, { type Client, type ClientOptions } from 'openapi-fetch';
import type { components, paths } from './gen/openapi.js';
import { sendIdempotencyKeys } from './idempotency-keys.js';
import { sendLatestPosition } from './latest-position.js';
import { sendMergePatches } from './merge-patch.js';

export { enumValues, limits } from './gen/limits.js';
export { queryLimits } from './gen/query-limits.js';
export type { components, operations, paths } from './gen/openapi.js';

/** A component schema of the API, by name: `Schema<'Title'>`. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

export type ApiClient = Client<paths>;

/**
 * Creates a client whose paths, parameters, bodies and responses are typed by the edge's OpenAPI document.
 * A call resolves to `{ data, error, response }`. It rejects only if `fetch` does: by default, if no response arrives.
 *
 * @param options `baseUrl` is the edge's origin; `fetch` replaces the global one, for retries and credentials
 */
export function createApiClient(options: ClientOptions): ApiClient {
  const client = createClient<paths>(options);
  client.use(sendLatestPosition(), sendMergePatches(), sendIdempotencyKeys());
  return client;
}
