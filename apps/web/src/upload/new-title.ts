import type { Schema } from '@viernes/api-client';

/** Converts the texts of the form to a film for `createTitle`. Omits empty fields. */
export function toNewTitle(
  textOf: (field: 'name' | 'synopsis' | 'releaseYear' | 'genres') => string,
): Schema<'NewTitle'> {
  const synopsis = textOf('synopsis').trim();
  const releaseYear = Number.parseInt(textOf('releaseYear'), 10);
  const genres = textOf('genres')
    .split(',')
    .map((genre) => genre.trim())
    .filter((genre) => genre !== '');
  return {
    kind: 'film',
    name: textOf('name').trim(),
    ...(synopsis && { synopsis }),
    ...(Number.isInteger(releaseYear) && { releaseYear }),
    ...(genres.length > 0 && { genres }),
  };
}
