const KEY = 'viernes.language';

/** The language that the user has chosen in this browser. Undefined without a choice. */
export function getChosenLanguage(): string | undefined {
  return localStorage.getItem(KEY) ?? undefined;
}

/**
 * Loads the page again in another language. Then every text, number, and cached response has it, and no component has to
 * follow the language. The page prompts before it discards unsaved changes.
 */
export function chooseLanguage(language: string): void {
  localStorage.setItem(KEY, language);
  location.reload();
}
