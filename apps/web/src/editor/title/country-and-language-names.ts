import { enumValues, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { compareNames, toCountryName, toLanguageName } from '../../language/format.js';

type CountryCode = Schema<'CountryCode'>;

export function formatCountry(code: CountryCode): string {
  return toCountryName(code) ?? code;
}

/** Lists the names of all countries in the sort order of the language. */
export function listCountryNames(): string[] {
  return enumValues.CountryCode.map(formatCountry).sort(compareNames);
}

/** @param text a name in the language of the app, or a code of ISO 3166-1 */
export function parseCountry(text: string): CountryCode | undefined {
  const wanted = text.toLowerCase();
  return enumValues.CountryCode.find((code) =>
    [code, formatCountry(code)].some((each) => each.toLowerCase() === wanted),
  );
}

/** Formats a language tag as "German (de)". */
export function formatLanguage(tag: string): string {
  return t('editor.namedLanguage', { name: toLanguageName(tag) ?? tag, tag });
}

/** @returns the language tag in its canonical form, or undefined if the text is not a language tag */
export function parseLanguage(text: string): string | undefined {
  try {
    return new Intl.Locale(text).baseName;
  } catch {
    return undefined;
  }
}
