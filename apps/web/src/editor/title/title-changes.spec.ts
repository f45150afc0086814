import { applyChanges, compareFields, toPatch } from '../change/field-changes.js';
import { readInput, toDraft, toInput, type TitleInput } from './title-draft.js';

const TITLE: TitleInput = {
  kind: 'film',
  name: 'Metropolis',
  slug: 'metropolis-1927',
  releaseYear: 1927,
  genres: ['Drama'],
  credits: [{ personId: 'p1', name: 'Fritz Lang', role: 'director' }],
};

describe('toInput', () => {
  it('returns the fields that toDraft received', () => {
    expect(toInput(toDraft(TITLE))).toEqual(TITLE);
  });

  it('trims texts, converts numbers, and omits empty fields', () => {
    const draft = { ...toDraft(TITLE), name: ' M ', score: '8.5', releaseYear: '', genres: [] };
    expect(toInput(draft)).toEqual({
      ...{ kind: 'film', name: 'M', slug: 'metropolis-1927', score: 8.5 },
      credits: TITLE.credits,
    });
  });
});

describe('readInput', () => {
  it('omits missing values and fields that editors cannot change', () => {
    const title = {
      ...{
        ...TITLE,
        id: 'id',
        synopsis: '',
        runtimeMinutes: null,
        seasonCount: null,
        maturityRating: null,
        score: null,
      },
      ...{
        genres: ['Drama'],
        directors: ['Fritz Lang'],
        minimumAge: null,
        artwork: [],
        isPlayable: true,
        assetId: 'a',
      },
      ...{ durationMs: 1, createdAt: '2026-06-05T20:15:00Z', externalId: null, countries: [], languages: [] },
      ...{ addedOn: null, availability: [], revision: 1, updatedAt: '2026-06-05T20:15:00Z' },
      credits: [{ personId: 'p1', name: 'Fritz Lang', role: 'director' as const, character: null }],
      slug: 'metropolis-1927',
      releaseYear: 1927,
    };
    expect(readInput(title)).toEqual(TITLE);
  });
});

describe('compareFields', () => {
  it('lists the fields that differ, with null for a missing value', () => {
    const { releaseYear: _releaseYear, ...after } = { ...TITLE, score: 8 };
    const changes = compareFields(TITLE, after);
    expect(changes).toEqual([
      { field: 'releaseYear', before: 1927, after: null },
      { field: 'score', before: null, after: 8 },
    ]);
    expect(toPatch(changes)).toEqual({ releaseYear: null, score: 8 });
  });
});

describe('applyChanges', () => {
  it('applies only the changed fields to the version of another editor', () => {
    const { releaseYear: _releaseYear, ...mine } = { ...TITLE, name: 'Mine' };
    const theirs = { ...TITLE, name: 'Theirs', synopsis: 'Theirs' };
    const { releaseYear: _theirYear, ...rest } = theirs;
    expect(applyChanges(theirs, compareFields(TITLE, mine))).toEqual({ ...rest, name: 'Mine' });
  });
});
