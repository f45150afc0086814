import { toMapping, type MappingOptions } from './mapping.js';
import { toNewTitle } from './row-to-title.js';
import type { Cells } from './row-reader.js';

/** A row of the data set "Netflix Movies and TV Shows". */
const ROW: Cells = {
  id: 's8',
  kind: 'Movie',
  name: 'Sankofa',
  directors: 'Haile Gerima',
  actors: 'Kofi Ghanaba, Oyafunmike Ogunlano',
  countries: 'United States, Ghana, Burkina Faso',
  addedOn: 'September 24, 2021',
  releaseYear: '1993',
  maturityRating: 'TV-MA',
  duration: '125 min',
  genres: 'Dramas, Independent Movies',
  synopsis: 'On a photo shoot in Ghana, an American model slips back in time.',
};

function convert(cells: Cells, mapping: MappingOptions = {}) {
  const { title, issues } = toNewTitle({ ...ROW, ...cells }, toMapping(mapping), 'films');
  return {
    title,
    issues: issues.map(({ action, field, reason: { code, values }, before, after }) => [
      action,
      field,
      values ? { code, ...values } : code,
      before,
      after,
    ]),
  };
}

describe('toNewTitle', () => {
  it('converts a complete row without an issue', () => {
    expect(convert({})).toEqual({
      title: {
        kind: 'film',
        name: 'Sankofa',
        synopsis: ROW.synopsis,
        releaseYear: 1993,
        genres: ['Dramas', 'Independent Movies'],
        credits: [
          { name: 'Haile Gerima', role: 'director' },
          { name: 'Kofi Ghanaba', role: 'actor' },
          { name: 'Oyafunmike Ogunlano', role: 'actor' },
        ],
        countries: ['US', 'GH', 'BF'],
        languages: [],
        maturityRating: 'TV-MA',
        runtimeMinutes: 125,
        addedOn: '2021-09-24',
        externalId: 'films/s8',
      },
      issues: [],
    });
  });

  it('keeps the characters of the other actors if an actor is dropped or has no character', () => {
    const cells = {
      actors: 'Ada, ---, Bo, Cy, N/A, Di',
      characters: 'Maria, Nobody, Freder, N/A, Josaphat, "Rotwang, Jr."',
    };
    const { title } = convert(cells, { missingValues: ['N/A'] });
    expect(title?.credits?.filter(({ role }) => role === 'actor')).toEqual([
      { name: 'Ada', role: 'actor', character: 'Maria' },
      { name: 'Bo', role: 'actor', character: 'Freder' },
      { name: 'Cy', role: 'actor' },
      { name: 'Di', role: 'actor', character: 'Rotwang, Jr.' },
    ]);
  });

  it('converts a series', () => {
    const { title } = convert({ kind: 'TV Show', duration: '1 Season' });
    expect(title).toMatchObject({ kind: 'series', seasonCount: 1 });
    expect(title).not.toHaveProperty('runtimeMinutes');
  });

  it('omits fields without a value', () => {
    const { title, issues } = convert({ directors: '', countries: '', addedOn: '', maturityRating: '', duration: '' });
    expect(title).toMatchObject({ countries: [] });
    expect(Object.keys(title ?? {})).not.toEqual(expect.arrayContaining(['addedOn']));
    expect(issues).toEqual([]);
  });

  it('moves a duration from the rating', () => {
    const { title, issues } = convert({ maturityRating: '74 min', duration: '' });
    expect(title).toMatchObject({ runtimeMinutes: 74 });
    expect(title).not.toHaveProperty('maturityRating');
    expect(issues).toEqual([['repaired', 'rating', 'containsDuration', '74 min', '']]);
  });

  it.each([
    [', South Korea', ['KR'], ', South Korea', 'South Korea'],
    [
      'France, Belgium, Luxembourg, Cambodia,',
      ['FR', 'BE', 'LU', 'KH'],
      'France, Belgium, Luxembourg, Cambodia,',
      'France, Belgium, Luxembourg, Cambodia',
    ],
  ])('repairs the empty item of %j', (countries, codes, before, after) => {
    const { title, issues } = convert({ countries });
    expect(title?.countries).toEqual(codes);
    expect(issues).toEqual([['repaired', 'country', 'emptyItem', before, after]]);
  });

  it('converts former states, and drops unknown countries', () => {
    const { title, issues } = convert({ countries: 'West Germany, Atlantis, Germany' });
    expect(title?.countries).toEqual(['DE']);
    expect(issues).toEqual([
      ['repaired', 'country', 'formerState', 'West Germany', 'DE'],
      ['dropped', 'country', 'unknownCountry', 'Atlantis', ''],
      ['repaired', 'country', 'repeatedItem', 'West Germany, Atlantis, Germany', 'DE'],
    ]);
  });

  it.each([
    ['a zero-width space', '\u200Bمن بعض', 'من بعض', 'zeroWidthSpace'],
    ['a non-breaking space', 'Consequences\u00A0', 'Consequences', 'otherSpace'],
    ['a line break', 'A Story of a\nFlying Fortress', 'A Story of a Flying Fortress', 'lineBreak'],
    ['another normalization form', 'Amélie'.normalize('NFD'), 'Amélie', 'normalizationForm'],
    ['a bidirectional control', 'a\u202Eb', 'ab', 'unsupportedCharacters'],
  ])('repairs a name with %s', (_, name, after, reason) => {
    const { title, issues } = convert({ name });
    expect(title?.name).toBe(after);
    expect(issues).toEqual([['repaired', 'title', reason, name, after]]);
  });

  it('joins the lines of a paragraph, and keeps paragraphs', () => {
    expect(convert({ synopsis: 'could happen –\n and probably will.' }).title?.synopsis).toBe(
      'could happen – and probably will.',
    );
    const paragraphs = convert({ synopsis: 'One.\r\n\r\nTwo.' });
    expect(paragraphs).toMatchObject({ title: { synopsis: 'One.\n\nTwo.' }, issues: [] });
  });

  it('reads a date with spaces around it without an issue', () => {
    expect(convert({ addedOn: ' August 4, 2017' })).toMatchObject({ title: { addedOn: '2017-08-04' }, issues: [] });
  });

  it.each([
    ['addedOn', 'date_added', '32.13.2021', 'notADate'],
    ['releaseYear', 'release_year', '12', { code: 'notAnInteger', minimum: 1888, maximum: 2100 }],
    ['maturityRating', 'rating', '16+', 'unknownRating'],
    ['duration', 'duration', 'long', 'notADuration'],
    ['duration', 'duration', '0 min', { code: 'notAnInteger', minimum: 1, maximum: 6000 }],
  ])('drops an invalid value of %s', (field, column, value, reason) => {
    const { title, issues } = convert({ [field]: value });
    expect(title?.name).toBe('Sankofa');
    expect(issues).toEqual([['dropped', column, reason, value, '']]);
  });

  it('imports a person once per role', () => {
    const { title, issues } = convert({ directors: 'Kofi Ghanaba', actors: 'Kofi Ghanaba, Kofi Ghanaba, Ana' });
    expect(title?.credits).toEqual([
      { name: 'Kofi Ghanaba', role: 'director' },
      { name: 'Kofi Ghanaba', role: 'actor' },
      { name: 'Ana', role: 'actor' },
    ]);
    expect(issues).toEqual([
      ['repaired', 'cast', 'repeatedItem', 'Kofi Ghanaba, Kofi Ghanaba, Ana', 'Kofi Ghanaba, Ana'],
    ]);
  });

  it('reports the repeated items of a list once', () => {
    const { title, issues } = convert({ genres: 'Dramas, Comedies, Dramas, Comedies, Dramas' });
    expect(title?.genres).toEqual(['Dramas', 'Comedies']);
    expect(issues).toEqual([
      ['repaired', 'listed_in', 'repeatedItem', 'Dramas, Comedies, Dramas, Comedies, Dramas', 'Dramas, Comedies'],
    ]);
  });

  it('stays within the limits of the API', () => {
    const { title, issues } = convert({
      name: `${'x'.repeat(198)}😀😀`,
      actors: `${'y'.repeat(101)}, ${Array.from({ length: 201 }, (_, index) => `P${index}`).join(', ')}`,
      genres: Array.from({ length: 11 }, (_, index) => `G${index}`).join(', '),
    });
    expect(title?.name).toBe(`${'x'.repeat(198)}…`);
    expect(title?.credits).toHaveLength(200);
    expect(title?.genres).toHaveLength(10);
    expect(issues.map(([action, field, reason]) => [action, field, reason])).toEqual([
      ['repaired', 'title', { code: 'tooLong', count: 200 }],
      ['dropped', 'listed_in', { code: 'tooManyItems', count: 10 }],
      ['dropped', 'cast', { code: 'tooLong', count: 100 }],
      ...Array<unknown>(2).fill(['dropped', 'cast', { code: 'tooManyItems', count: 199 }]),
    ]);
  });

  it.each([
    ['name', '', 'title', 'missing'],
    ['kind', '', 'type', 'missing'],
    ['kind', 'Podcast', 'type', 'notAKind'],
  ])('rejects a row whose %s is %j', (field, value, column, reason) => {
    expect(convert({ [field]: value })).toEqual({
      title: undefined,
      issues: [['rejected', column, reason, value, '']],
    });
  });

  it('derives the ID from kind, name, and year if there is none', () => {
    const { id: _id, ...withoutColumn } = ROW;
    const toId = (cells: Cells) => toNewTitle(cells, toMapping(), 'films').title?.externalId;
    expect(toId(withoutColumn)).toMatch(/^films\/[0-9a-f]{16}$/);
    expect(toId({ ...withoutColumn, synopsis: 'Another one.' })).toBe(toId(withoutColumn));
    expect(toId({ ...withoutColumn, releaseYear: '1994' })).not.toBe(toId(withoutColumn));
    expect(convert({ id: '' }).issues).toEqual([['repaired', 'show_id', 'derivedId', '', expect.any(String)]]);
  });

  it('uses an ID with a slash as the external ID', () => {
    expect(convert({ id: 'other/s8' }).title?.externalId).toBe('other/s8');
  });

  it('uses the values, separators, formats, and defaults of a mapping file', () => {
    const mapping: MappingOptions = {
      columns: { name: 'primaryTitle' },
      defaults: { countries: 'France' },
      kinds: { tvMiniSeries: 'series' },
      maturityRatings: { '16+': 'R' },
      listSeparator: '|',
      listSeparators: { actors: ' / ' },
      dateFormats: ['dd.MM.yyyy'],
      missingValues: ['\\N'],
    };
    const cells = {
      kind: 'tvminiseries',
      name: '\u200BA',
      actors: 'A / B',
      countries: '\\N',
      addedOn: '01.02.2020',
      maturityRating: '16+',
      genres: 'Drama|Crime',
      duration: '\\N',
    };
    expect(convert(cells, mapping)).toMatchObject({
      title: {
        kind: 'series',
        name: 'A',
        genres: ['Drama', 'Crime'],
        credits: [{ role: 'director' }, { name: 'A' }, { name: 'B' }],
        countries: ['FR'],
        addedOn: '2020-02-01',
        maturityRating: 'R',
      },
      issues: [['repaired', 'primaryTitle', 'zeroWidthSpace', '\u200BA', 'A']],
    });
  });
});
