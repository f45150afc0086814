import { t } from 'i18next';

/** Returns the name of a genre. Editors can invent genres, which have no translation. */
export function toGenreName(genre: string): string {
  const names: Readonly<Record<string, string>> = t('genres', { returnObjects: true });
  return Object.hasOwn(names, genre) ? (names[genre] ?? genre) : genre;
}
