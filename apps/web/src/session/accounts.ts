import type { Schema } from '@viernes/api-client';
import i18next from 'i18next';
import { readData } from '../api/problem.js';
import { edge } from './edge-client.js';
import { followProfileLanguage } from './profile-language.js';
import { publicEdge, refreshSession } from './refresh-session.js';
import { sessionStore } from './session-store.js';

/** @throws Problem CREDENTIALS_WRONG and others */
export async function signIn(email: string, password: string): Promise<void> {
  const session = await readData(publicEdge.POST('/v1/sessions', { body: { email, password } }));
  sessionStore.set({ status: 'signed-in', session });
  followProfileLanguage(session);
}

/**
 * Creates an account whose mails are in the language of the app, and signs in.
 *
 * @throws Problem EMAIL_TAKEN and others
 */
export async function createAccount(email: string, password: string, profileName: string): Promise<void> {
  const language = i18next.resolvedLanguage as Schema<'NewAccount'>['language'];
  await publicEdge.POST('/v1/accounts', { body: { email, password, profileName, ...(language && { language }) } });
  await signIn(email, password);
}

/** Selects the profile that the session acts for, in all tabs. @throws Problem PIN_REQUIRED, PIN_WRONG, and others */
export async function selectProfile(id: string, pin?: string): Promise<Schema<'Profile'>> {
  const call = edge.POST('/v1/profiles/{id}/selection', {
    params: { path: { id } },
    body: pin === undefined ? {} : { pin },
  });
  const { profile, ...access } = await readData(call);
  const state = sessionStore.get();
  if (state.status === 'signed-in') {
    const session = { ...state.session, ...access, selectedProfileId: profile.id };
    sessionStore.set({ status: 'signed-in', session });
  }
  return profile;
}

export async function setProfileLanguage(id: string, language: string): Promise<void> {
  const body = { language: language as Schema<'Profile'>['language'] };
  await edge.PATCH('/v1/profiles/{id}', { params: { path: { id } }, body });
}

/** Reads the account and its profiles again after a change. */
export async function renewSession(): Promise<void> {
  // A renewal in flight can have read the account before the change, so another one follows it.
  const current = await refreshSession();
  if (current) await refreshSession(current);
}

/** Signs out in all tabs, also if the edge cannot be reached. */
export async function signOut(): Promise<void> {
  try {
    await edge.DELETE('/v1/sessions/current');
  } finally {
    sessionStore.set({ status: 'signed-out' });
  }
}
