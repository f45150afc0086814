import { type Schema, enumValues } from '@viernes/api-client';
import { t } from 'i18next';
import { readData } from '../api/problem.js';
import { renewSession } from '../session/accounts.js';
import { edge } from '../session/edge-client.js';

export type Profile = Schema<'Profile'>;

/** The highest maximum age of a profile for kids. The API rejects a higher one. */
const KIDS_MAXIMUM_AGE = 8;

const withId = (id: string) => ({ params: { path: { id } } });

/** @throws Problem PROFILE_NAME_TAKEN, PROFILE_LIMITED, and others */
export async function createProfile(body: Schema<'NewProfile'>): Promise<void> {
  await readData(edge.POST('/v1/profiles', { body }));
  await renewSession();
}

/** @throws Problem PROFILE_NAME_TAKEN, PROFILE_REQUIRED, PROFILE_LIMITED, and others */
export async function changeProfile(id: string, body: Schema<'ProfilePatch'>): Promise<void> {
  await edge.PATCH('/v1/profiles/{id}', { ...withId(id), body });
  await renewSession();
}

/** @throws Problem PROFILE_REQUIRED and others */
export async function deleteProfile(id: string): Promise<void> {
  await edge.DELETE('/v1/profiles/{id}', withId(id));
  await renewSession();
}

/** @throws Problem PIN_REQUIRED and others */
export async function setPin(id: string, pin: string): Promise<void> {
  await edge.PUT('/v1/profiles/{id}/pin', { ...withId(id), body: { pin } });
  await renewSession();
}

/** @throws Problem PASSWORD_WRONG and others */
export async function removePin(id: string, password: string): Promise<void> {
  await edge.POST('/v1/profiles/{id}/pin-removal', { ...withId(id), body: { password } });
  await renewSession();
}

/** The maximum ages to select, highest first; null is no limit. */
export function listMaximumAges(isKids: boolean): Profile['maximumAge'][] {
  const ages = enumValues.MinimumAge.filter((age) => !isKids || age <= KIDS_MAXIMUM_AGE).toReversed();
  return isKids ? ages : [null, ...ages];
}

export function describeMaximumAge(age: Profile['maximumAge']): string {
  if (age === null) return t('profiles.everyTitle');
  return age === 0 ? t('profiles.forAllAges') : t('profiles.upToAge', { age });
}
