import type { NewTitle } from '../api/types.js';

/** A title out of the form's texts; what was left empty is left out. */
export function newTitleOf(text: (field: 'name' | 'synopsis' | 'releaseYear' | 'genres') => string): NewTitle {
  const synopsis = text('synopsis').trim();
  const releaseYear = Number.parseInt(text('releaseYear'), 10);
  const genres = text('genres')
    .split(',')
    .map((genre) => genre.trim())
    .filter((genre) => genre !== '');
  return {
    kind: 'film',
    name: text('name').trim(),
    ...(synopsis && { synopsis }),
    ...(Number.isInteger(releaseYear) && { releaseYear }),
    ...(genres.length > 0 && { genres }),
  };
}
