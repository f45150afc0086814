import type { Schema } from '@viernes/api-client';
import { readData } from '../api/problem.js';
import { createPasskey } from '../passkey/authenticator.js';
import { edge } from '../session/edge-client.js';

export async function listPasskeys(signal: AbortSignal): Promise<readonly Schema<'Passkey'>[]> {
  const { passkeys } = await readData(edge.GET('/v1/account/passkeys', { signal }));
  return passkeys;
}

/** @throws Problem PASSWORD_WRONG, PASSKEY_LIMIT_REACHED, PASSKEY_CANCELED, and others */
export async function addPasskey(name: string, password: string): Promise<void> {
  const options = await readData(edge.POST('/v1/account/passkey-challenges', { body: { password } }));
  const credential = await createPasskey(options);
  await edge.POST('/v1/account/passkeys', { body: { name, credential } });
}

/** @throws Problem PASSKEY_NOT_FOUND and others */
export async function renamePasskey(id: string, name: string): Promise<void> {
  await edge.PATCH('/v1/account/passkeys/{id}', { params: { path: { id } }, body: { name } });
}

/** @throws Problem PASSKEY_NOT_FOUND and others */
export async function removePasskey(id: string): Promise<void> {
  await edge.DELETE('/v1/account/passkeys/{id}', { params: { path: { id } } });
}
