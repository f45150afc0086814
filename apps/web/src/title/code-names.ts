const COUNTRIES = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'none' });
const LANGUAGES = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'none' });

/** Returns the name of a country in the language of the browser; undefined if there is no such country. */
export function toCountryName(code: string): string | undefined {
  return nameOf(COUNTRIES, code);
}

/** Returns the name of a language tag in the language of the browser; undefined if there is no such language. */
export function toLanguageName(tag: string): string | undefined {
  return nameOf(LANGUAGES, tag);
}

function nameOf(names: Intl.DisplayNames, code: string): string | undefined {
  try {
    return names.of(code);
  } catch {
    // The code has another syntax.
    return undefined;
  }
}
