import { readJson, send } from '../api/http.js';
import type { Session } from '../api/types.js';
import { sendAuthorised } from './authorised.js';
import { sessionStore } from './session-store.js';

/** @throws Problem CREDENTIALS_WRONG and others */
export async function signIn(email: string, password: string): Promise<void> {
  const response = await send('/v1/sessions', { method: 'POST', body: { email, password } });
  sessionStore.set({ status: 'signed-in', session: await readJson<Session>(response) });
}

/** Makes the account and signs in to it. @throws Problem EMAIL_TAKEN and others */
export async function createAccount(email: string, password: string, profileName: string): Promise<void> {
  await send('/v1/accounts', { method: 'POST', body: { email, password, profileName } });
  await signIn(email, password);
}

/** Signed out here and in the other tabs even if the edge cannot be told: the person wants to leave. */
export async function signOut(): Promise<void> {
  try {
    await sendAuthorised('/v1/sessions/current', { method: 'DELETE' });
  } finally {
    sessionStore.set({ status: 'signed-out' });
  }
}
