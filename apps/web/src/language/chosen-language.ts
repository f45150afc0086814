import i18next from 'i18next';

const KEY = 'viernes.language';

/** The language that the user, or the profile that was selected last, has in this browser. */
export function getChosenLanguage(): string | undefined {
  return localStorage.getItem(KEY) ?? undefined;
}

/**
 * Stores the language. If the page has another one, loads it again: then every text, number, and cached response has it,
 * and no component has to follow the language. The page prompts before it discards unsaved changes.
 */
export function chooseLanguage(language: string): void {
  localStorage.setItem(KEY, language);
  if (language !== i18next.resolvedLanguage) location.reload();
}

/** Shows the app in the language of a profile. Does not load the page again for a language whose texts are unavailable. */
export function followLanguage(language: string): void {
  if (language !== getChosenLanguage()) chooseLanguage(language);
}
