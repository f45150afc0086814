import { toGenreName } from './genre-name.js';

describe('toGenreName', () => {
  it.each(['Drama', 'Slow Cinema', 'Neo-noir: 3.0', 'constructor', 'a.b:c'])('returns %s in English', (genre) => {
    expect(toGenreName(genre)).toBe(genre);
  });
});
