import type { TitleFilter } from '../title/titles.js';
import { parseFilter, toParameters } from './title-filter.js';

const parse = (text: string): TitleFilter => parseFilter(new URLSearchParams(text));

describe('parseFilter and toParameters', () => {
  it.each<TitleFilter>([
    {
      kind: 'film',
      genre: ['Drama', 'Science fiction'],
      country: ['DE', 'US'],
      language: ['pt-BR'],
      person: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10',
      role: 'director',
      yearFrom: 1920,
      yearTo: 1930,
      maximumAge: 0,
      runtimeFrom: 60,
      runtimeTo: 180,
      playable: 'true',
      sort: 'name',
    },
    { query: 'big & small', kind: 'series' },
    {},
  ])('parses the same filter that was written to the URL: %j', (filter) => {
    expect(parseFilter(toParameters(filter))).toEqual(filter);
  });

  it.each([
    'kind=opera',
    'playable=maybe',
    'query=%20%20',
    'query=%00',
    'country=ZZZ&country=de&country=QQ',
    'language=english',
    'person=fritz-lang',
    'yearFrom=soon&yearTo=0&maximumAge=22&runtimeFrom=-1&runtimeTo=1.5',
    'sort=worst',
    'genre=&colour=red',
  ])('ignores invalid values: %s', (text) => {
    expect(parse(text)).toEqual({});
  });

  it('parses each valid value of a list once', () => {
    expect(parse('country=DE&country=QQ&country=US&country=DE')).toEqual({ country: ['DE', 'US'] });
  });

  it('ignores the sort order of a search, whose best match is first', () => {
    expect(parse('query=lang&sort=name')).toEqual({ query: 'lang' });
  });

  it('ignores a role without a person', () => {
    expect(parse('role=director&kind=film')).toEqual({ kind: 'film' });
  });

  it('writes no parameters for values that do not filter', () => {
    expect(toParameters({ genre: [], query: '' }).toString()).toBe('');
  });
});
