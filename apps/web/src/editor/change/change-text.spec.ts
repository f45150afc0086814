import { describeChange } from './change-text.js';

const STILL = { kind: 'still', url: '/a.png', widthPx: 2, heightPx: 1 };
const POSTER = { ...STILL, kind: 'poster' };
const DIRECTOR = { personId: '1', name: 'Fritz Lang', role: 'director' };
const ACTOR = { personId: '3', name: 'Brigitte Helm', role: 'actor' };

describe('describeChange', () => {
  it.each([
    [null, 1927, 'none', '1927'],
    [['Drama', 'Crime'], ['Crime', 'Comedy'], 'Drama', 'Comedy'],
    [['Drama', 'Crime'], ['Crime', 'Drama'], 'Drama, Crime', 'Crime, Drama'],
    [[{ name: 'Fritz', role: 'actor', character: 'A' }], [], 'Fritz (Actor: A)', 'none'],
    [null, { name: 'Pilot', synopsis: 'A train.', runtimeMinutes: 42 }, 'none', 'Pilot, 42 min, A train.'],
    [[], [STILL], 'none', 'Still /a.png, 2 × 1'],
    [
      [STILL, POSTER],
      [{ ...STILL, alternativeText: 'A train' }, POSTER],
      'Still /a.png, 2 × 1',
      'Still /a.png, 2 × 1, A train',
    ],
    [[DIRECTOR, ACTOR], [{ ...DIRECTOR, personId: '2' }, ACTOR], 'Fritz Lang (Director)', 'Fritz Lang (Director)'],
  ])('describes %j and %j by their differences', (before, after, oldText, newText) => {
    expect(describeChange({ before, after })).toEqual({ before: oldText, after: newText });
  });
});
