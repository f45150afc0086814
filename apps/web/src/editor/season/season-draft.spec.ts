import {
  compareSeasons,
  listRemovedEpisodes,
  newEpisode,
  newSeason,
  readSeasonInput,
  reapplySeason,
  toSeasonDraft,
  toSeasonInput,
} from './season-draft.js';

const EPISODE = { seasonNumber: 1, synopsis: '', runtimeMinutes: null, releasedOn: null, durationMs: null };
const SEASON = {
  ...{ number: 1, name: '', synopsis: 'A night train.', releaseYear: 2026, revision: 1 },
  episodes: [
    { ...EPISODE, id: 'a', number: 1, name: 'Departure', isPlayable: true, runtimeMinutes: 42 },
    { ...EPISODE, id: 'b', number: 2, name: 'Arrival', isPlayable: false },
  ],
};
const DRAFT = toSeasonDraft(readSeasonInput(SEASON), SEASON);
const INPUT = toSeasonInput(DRAFT);

describe('toSeasonInput', () => {
  it('omits empty fields', () => {
    expect(INPUT).toEqual({
      ...{ synopsis: 'A night train.', releaseYear: 2026 },
      episodes: [
        { number: 1, name: 'Departure', runtimeMinutes: 42 },
        { number: 2, name: 'Arrival' },
      ],
    });
  });
});

describe('reapplySeason', () => {
  it('applies only the changed fields and episodes to the version of another editor', () => {
    const [first, second] = INPUT.episodes;
    const mine = {
      ...INPUT,
      name: 'Mine',
      episodes: [
        { number: 1, name: 'Start' },
        { number: 3, name: 'New' },
      ],
    };
    const theirs = {
      ...{ synopsis: 'Theirs' },
      episodes: [
        { ...first, number: 1, name: 'Theirs' },
        { ...second, number: 2, name: 'Arrival' },
        { number: 4, name: 'Added' },
      ],
    };
    expect(reapplySeason({ before: INPUT, after: mine }, theirs)).toEqual({
      ...{ name: 'Mine', synopsis: 'Theirs' },
      episodes: [
        { number: 1, name: 'Start' },
        { number: 4, name: 'Added' },
        { number: 3, name: 'New' },
      ],
    });
  });
});

describe('newEpisode', () => {
  it('numbers a new episode after the last one', () => {
    expect(newEpisode(newSeason(1).episodes).number).toBe('1');
    expect(newEpisode(DRAFT.episodes).number).toBe('3');
  });
});

describe('compareSeasons', () => {
  it('lists changed, removed, and added episodes by number', () => {
    const [first] = INPUT.episodes;
    const after = {
      ...INPUT,
      releaseYear: 2027,
      episodes: [
        { ...first, number: 1, name: 'Start' },
        { number: 3, name: 'End' },
      ],
    };
    expect(compareSeasons(INPUT, after)).toEqual([
      { field: 'Year', before: 2026, after: 2027 },
      { field: 'Episode 1', before: 'Departure, 42 min', after: 'Start, 42 min' },
      { field: 'Episode 2', before: 'Arrival', after: null },
      { field: 'Episode 3', before: null, after: 'End' },
    ]);
  });
});

describe('listRemovedEpisodes', () => {
  it('lists stored episodes whose numbers are no longer used', () => {
    const episodes = DRAFT.episodes.map((episode) => ({ ...episode, number: String(Number(episode.number) + 1) }));
    const renumbered = { ...DRAFT, episodes };
    expect(listRemovedEpisodes(DRAFT, renumbered).map(({ name }) => name)).toEqual(['Departure']);
    expect(listRemovedEpisodes(DRAFT, DRAFT)).toEqual([]);
  });
});
