import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export type ApiKey = Schema<'ApiKey'>;
export type ApiKeySecret = Schema<'ApiKeySecret'>;

export async function listApiKeys(signal: AbortSignal): Promise<readonly ApiKey[]> {
  const { apiKeys } = await readData(edge.GET('/v1/account/api-keys', { signal }));
  return apiKeys;
}

/** @throws Problem PASSWORD_WRONG, API_KEY_LIMIT_REACHED, and others */
export const createApiKey = (body: Schema<'NewApiKey'>): Promise<ApiKeySecret> =>
  readData(edge.POST('/v1/account/api-keys', { body }));

/** @throws Problem PASSWORD_WRONG, API_KEY_NOT_FOUND, and others */
export const rotateApiKey = (id: string, body: Schema<'ApiKeyRotation'>): Promise<ApiKeySecret> =>
  readData(edge.POST('/v1/account/api-keys/{id}/rotation', { params: { path: { id } }, body }));

/** @throws Problem API_KEY_NOT_FOUND and others */
export async function revokeApiKey(id: string): Promise<void> {
  await edge.DELETE('/v1/account/api-keys/{id}', { params: { path: { id } } });
}
