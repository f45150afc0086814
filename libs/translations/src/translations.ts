import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type english from './locales/en.json';

/** The texts of one language. A spec proves that all languages have the keys and placeholders of English. */
export type Translations = typeof english;

/** Its texts are used if a client accepts no other language. */
export const DEFAULT_LANGUAGE = 'en';

const FOLDER = new URL('./locales/', import.meta.url);

const translations: ReadonlyMap<string, Translations> = new Map(
  readdirSync(FOLDER).map((file) => [
    basename(file, '.json'),
    JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Translations,
  ]),
);

/** The language tags of all files in `locales`, the default first. */
export const LANGUAGES: readonly string[] = [...new Set([DEFAULT_LANGUAGE, ...translations.keys()])];

/** @throws Error if no file has this language */
export function getTranslations(language: string): Translations {
  const found = translations.get(language);
  if (!found) throw new Error(`There are no translations for ${language}. There are: ${LANGUAGES.join(', ')}.`);
  return found;
}

/** Returns the title of a problem. The compiler rejects an error code that has none. */
export function getProblemTitle(code: keyof Translations['problems'], language = DEFAULT_LANGUAGE): string {
  return getTranslations(language).problems[code];
}
