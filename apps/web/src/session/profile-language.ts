import type { Schema } from '@viernes/api-client';
import { followLanguage } from '../language/chosen-language.js';
import { findSelectedProfile } from './session-store.js';

/** Shows the app in the language of the selected profile. */
export function followProfileLanguage(session: Schema<'Session'> | undefined): void {
  const profile = session && findSelectedProfile(session);
  if (profile) followLanguage(profile.language);
}
