import { clearFilters, listActiveFilters } from './active-filters.js';
import { toParameters } from './title-filter.js';

describe('listActiveFilters', () => {
  it('returns each value with a label and with the filter that omits it', () => {
    const filter = { query: 'lang', genre: ['Drama', 'War'], country: ['DE' as const], yearFrom: 1920 };
    const active = listActiveFilters(filter, undefined);
    expect(active.map(({ label, rest }) => `${label}: ${toParameters(rest).toString()}`)).toEqual([
      'Drama: query=lang&genre=War&country=DE&yearFrom=1920',
      'War: query=lang&genre=Drama&country=DE&yearFrom=1920',
      'Germany: query=lang&genre=Drama&genre=War&yearFrom=1920',
      'From 1920: query=lang&genre=Drama&genre=War&country=DE',
    ]);
  });

  it('returns a label for every kind of value', () => {
    const filter = {
      kind: 'series' as const,
      person: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10',
      language: ['de'],
      yearTo: 1930,
      maximumAge: 0,
      runtimeFrom: 60,
      runtimeTo: 180,
      playable: 'true' as const,
    };
    expect(listActiveFilters(filter, 'Fritz Lang').map(({ label }) => label)).toEqual([
      'Series',
      'Playable',
      'With Fritz Lang',
      'German',
      'Until 1930',
      'For all ages',
      'At least 60 min',
      'At most 180 min',
    ]);
  });
});

describe('listActiveFilters with a person', () => {
  it('adds the role to the label of the person, and removes both together', () => {
    const filter = { kind: 'film' as const, person: '9d1f6a52-1c7e-4b8a-a3f1-0c2b4d6e8f10', role: 'director' as const };
    expect(listActiveFilters(filter, 'Fritz Lang')[1]).toEqual({
      label: 'With Fritz Lang · Director',
      rest: { kind: 'film' },
    });
  });
});

describe('clearFilters', () => {
  it('keeps the query and the sort order', () => {
    expect(clearFilters({ query: 'lang', kind: 'film' })).toEqual({ query: 'lang' });
    expect(clearFilters({ sort: 'name', genre: ['Drama'] })).toEqual({ sort: 'name' });
  });
});
