import i18next from 'i18next';

const KEY = 'viernes.language';

/** Returns the language that was set in this browser, by the user or by the profile that was selected last. */
export function getChosenLanguage(): string | undefined {
  return localStorage.getItem(KEY) ?? undefined;
}

/**
 * Stores the language. If the page shows another language, reloads it, so that no component has to react to a change of
 * texts, numbers, and cached responses. The page prompts before it discards unsaved changes.
 */
export function chooseLanguage(language: string): void {
  localStorage.setItem(KEY, language);
  if (language !== i18next.resolvedLanguage) location.reload();
}

/**
 * Shows the app in the language of a profile. Ignores a language that is already stored: if its texts are unavailable,
 * the page would reload again and again.
 */
export function followLanguage(language: string): void {
  if (language !== getChosenLanguage()) chooseLanguage(language);
}
