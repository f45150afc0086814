import { enumValues, type Schema } from '@viernes/api-client';

type CountryCode = Schema<'CountryCode'>;

const REGIONS = new Intl.DisplayNames('en', { type: 'region' });
const LANGUAGES = new Intl.DisplayNames('en', { type: 'language' });
const CODES = new Map<string, CountryCode>(
  enumValues.CountryCode.flatMap((code) => [
    [code.toLowerCase(), code],
    [formatCountry(code).toLowerCase(), code],
  ]),
);

export const COUNTRY_NAMES: readonly string[] = enumValues.CountryCode.map(formatCountry).sort();

export function formatCountry(code: CountryCode): string {
  return REGIONS.of(code) ?? code;
}

/** @param text an English name or a code of ISO 3166-1 */
export function parseCountry(text: string): CountryCode | undefined {
  return CODES.get(text.toLowerCase());
}

/** Returns the English name of a language tag with the tag. */
export function formatLanguage(tag: string): string {
  return `${LANGUAGES.of(tag) ?? tag} (${tag})`;
}

/** @returns the language tag in its usual case, or undefined if it is not one */
export function parseLanguage(text: string): string | undefined {
  try {
    return new Intl.Locale(text).baseName;
  } catch {
    return undefined;
  }
}
