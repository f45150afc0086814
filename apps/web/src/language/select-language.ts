export interface SelectedLanguage {
  /** A language with translations. */
  readonly language: string;
  /** The language, in the regional form of the browser if there is one: `es-MX`. For dates and numbers. */
  readonly locale: string;
}

/**
 * Selects the first language that has translations.
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
  const findAvailable = (tag: string): string | undefined =>
    [tag, tag.split('-', 1)[0]].find((each) => each !== undefined && available.includes(each));
  const language = [...preferred, ...browser].map(findAvailable).find((each) => each !== undefined) ?? available[0];
  return { language, locale: browser.find((tag) => findAvailable(tag) === language) ?? language };
}
