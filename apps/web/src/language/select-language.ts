export interface SelectedLanguage {
  /** A language with translations. */
  readonly language: string;
  /** The language, in the regional form of the browser if there is one: `es-MX`. For dates and numbers. */
  readonly locale: string;
}

/**
 * Selects the first language that has translations. If only another variant of a language has them, selects this
 * variant: `pt-BR` for `pt-PT`.
 *
 * @param preferred language tags, most important first
 * @param browser the languages of the browser, which follow the preferred ones
 * @param available languages with translations. The first is the default
 */
export function selectLanguage(
  preferred: readonly string[],
  browser: readonly string[],
  available: readonly [string, ...string[]],
): SelectedLanguage {
  const findAvailable = (tag: string) => [tag, toBase(tag)].find((each) => available.includes(each));
  const findVariant = (tag: string) => available.find((each) => toBase(each) === toBase(tag));
  const found = [...preferred, ...browser].map((tag) => findAvailable(tag) ?? findVariant(tag));
  const language = found.find((each) => each !== undefined) ?? available[0];
  // For `pt-PT` with the texts of `pt-BR`, the locale is `pt-BR`, because i18next would find no texts for `pt-PT`.
  return { language, locale: browser.find((tag) => findAvailable(tag) === language) ?? language };
}

function toBase(tag: string): string {
  return tag.replace(/-.*$/, '');
}
