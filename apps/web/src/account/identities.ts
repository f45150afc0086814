import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export async function listIdentities(signal: AbortSignal): Promise<Schema<'IdentityList'>> {
  return readData(edge.GET('/v1/account/identities', { signal }));
}

/** @throws Problem IDENTITY_NOT_FOUND and others */
export async function removeIdentity(id: string): Promise<void> {
  await edge.DELETE('/v1/account/identities/{id}', { params: { path: { id } } });
}
