import { shortenMatch } from './shorten-match.js';

const NONE = { name: [], people: [], synopsis: [] };

describe('shortenMatch', () => {
  it('returns nothing if the name matches', () => {
    expect(shortenMatch({ ...NONE, name: ['', 'Lang'], people: ['Fritz ', 'Lang'] })).toEqual([]);
    expect(shortenMatch(NONE)).toEqual([]);
  });

  it('prefers people over the synopsis', () => {
    const people = ['Fritz ', 'Lang'];
    expect(shortenMatch({ ...NONE, people, synopsis: ['Of ', 'Lang'] })).toEqual(people);
  });

  it('shortens the synopsis before the first match', () => {
    const synopsis = [`${'x'.repeat(100)} in the city of `, 'Berlin', '.'];
    expect(shortenMatch({ ...NONE, synopsis })).toEqual(['…xxxxxxxx in the city of ', 'Berlin', '.']);
  });
});
