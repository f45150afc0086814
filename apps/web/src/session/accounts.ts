import type { Schema } from '@viernes/api-client';
import i18next from 'i18next';
import { readData } from '../api/problem.js';
import { edge } from './edge-client.js';
import { publicEdge } from './refresh-session.js';
import { sessionStore } from './session-store.js';

/** @throws Problem CREDENTIALS_WRONG and others */
export async function signIn(email: string, password: string): Promise<void> {
  const session = await readData(publicEdge.POST('/v1/sessions', { body: { email, password } }));
  sessionStore.set({ status: 'signed-in', session });
}

/** Creates an account with mails in the language of the app, and signs in. @throws Problem EMAIL_TAKEN and others */
export async function createAccount(email: string, password: string, profileName: string): Promise<void> {
  const language = i18next.resolvedLanguage as Schema<'NewAccount'>['language'];
  await publicEdge.POST('/v1/accounts', { body: { email, password, profileName, ...(language && { language }) } });
  await signIn(email, password);
}

/** Signs out in all tabs, also if the edge cannot be reached. */
export async function signOut(): Promise<void> {
  try {
    await edge.DELETE('/v1/sessions/current');
  } finally {
    sessionStore.set({ status: 'signed-out' });
  }
}
