import { newTitleOf } from './new-title.js';
import { sizeText } from './size-text.js';

describe('sizeText', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [734_003, '734 kB'],
    [4_200_000_000, '4.2 GB'],
  ])('reads %d bytes as %s', (sizeBytes, text) => {
    expect(sizeText(sizeBytes)).toBe(text);
  });
});

describe('newTitleOf', () => {
  it('leaves out what was left empty', () => {
    const fields = { name: ' Pilot ', synopsis: ' ', releaseYear: '', genres: 'Drama, , Comedy ' };
    expect(newTitleOf((field) => fields[field])).toEqual({ kind: 'film', name: 'Pilot', genres: ['Drama', 'Comedy'] });
  });
});
