import { toNewTitle } from './new-title.js';

describe('toNewTitle', () => {
  it('trims texts and omits empty fields', () => {
    const fields = { name: ' Pilot ', synopsis: ' ', releaseYear: '', genres: 'Drama, , Comedy ' };
    expect(toNewTitle((field) => fields[field])).toEqual({ kind: 'film', name: 'Pilot', genres: ['Drama', 'Comedy'] });
  });
});
