import { filterOf, parametersOf } from './title-filter.js';

describe('filterOf', () => {
  it('reads back what parametersOf writes', () => {
    const filter = { query: 'big & small', genre: 'Drama', kind: 'film', isPlayable: true } as const;
    expect(filterOf(parametersOf(filter))).toEqual(filter);
  });

  it('ignores values that make no sense', () => {
    const parameters = new URLSearchParams('kind=opera&playable=maybe&query=%20%20');
    expect(filterOf(parameters)).toEqual({ query: '', genre: '', kind: '', isPlayable: false });
  });

  it('keeps the address empty for everything', () => {
    expect(parametersOf({ query: '', genre: '', kind: '', isPlayable: false }).toString()).toBe('');
  });
});
