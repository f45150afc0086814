import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type english from './locales/en.json';

/** The texts of one language. A spec proves that all languages have the keys and placeholders of English. */
export type Translations = typeof english;

/** Used if a client accepts no other available language. */
export const DEFAULT_LANGUAGE = 'en';

const translations = readTranslations(new URL('./locales/', import.meta.url));

/** The language tags of all files in `locales`, the default first. */
export const LANGUAGES: readonly string[] = [...translations.keys()];

/** Reads all files of a folder by their language tags, the default first. */
export function readTranslations(folder: URL): ReadonlyMap<string, Translations> {
  const languages = readdirSync(folder).map((file) => basename(file, '.json'));
  return new Map(
    [...new Set([DEFAULT_LANGUAGE, ...languages])].map((language) => [
      language,
      JSON.parse(readFileSync(new URL(`${language}.json`, folder), 'utf8')) as Translations,
    ]),
  );
}

/** Returns the language if it has translations, otherwise the default. A request can name a language that this version lacks. */
export function toAvailableLanguage(language: string): string {
  return translations.has(language) ? language : DEFAULT_LANGUAGE;
}

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
