import { parseFilter, toParameters } from './title-filter.js';

describe('parseFilter and toParameters', () => {
  it('parses the same filter that was written to the URL', () => {
    const filter = { query: 'big & small', genre: 'Drama', kind: 'film', isPlayable: true } as const;
    expect(parseFilter(toParameters(filter))).toEqual(filter);
  });

  it('ignores invalid filter values in the URL', () => {
    const parameters = new URLSearchParams('kind=opera&playable=maybe&query=%20%20');
    expect(parseFilter(parameters)).toEqual({ query: '', genre: '', kind: '', isPlayable: false });
  });

  it('writes no parameters for an empty filter', () => {
    expect(toParameters({ query: '', genre: '', kind: '', isPlayable: false }).toString()).toBe('');
  });
});
