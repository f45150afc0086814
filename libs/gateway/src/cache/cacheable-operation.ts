import type { Operation } from '../routes/operation.js';

/**
 * Rejects a cache for responses that depend on the caller or change something.
 * @throws Error that names the operation
 */
export function requireCacheable(operation: Operation): void {
  if (!operation.cache) return;
  const { operationId, method, auth, role, cookie, body, streamsBody, returnsCredentials, success } = operation;
  const isPublic = method === 'GET' && auth !== 'required' && !role && cookie === undefined && !returnsCredentials;
  const isJson = success.status === 200 && success.schema !== undefined && !body && !streamsBody;
  if (!isPublic || !isJson) throw new Error(`${operationId} cannot have a cache: it is not a public read of JSON`);
}
