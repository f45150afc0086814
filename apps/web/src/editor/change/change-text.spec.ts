import { describeChange } from './change-text.js';

describe('describeChange', () => {
  it.each([
    [null, 1927, 'none', '1927'],
    [['Drama', 'Crime'], ['Crime', 'Comedy'], 'Drama', 'Comedy'],
    [['Drama', 'Crime'], ['Crime', 'Drama'], 'Drama, Crime', 'Crime, Drama'],
    [[{ name: 'Fritz', role: 'actor', character: 'A' }], [], 'Fritz (Actor: A)', 'none'],
    [null, { name: 'Pilot', synopsis: 'A train.', runtimeMinutes: 42 }, 'none', 'Pilot, 42 min, A train.'],
    [[], [{ kind: 'still', url: '/a.png', widthPx: 2, heightPx: 1 }], 'none', 'Still /a.png, 2 × 1'],
  ])('describes %j and %j by their differences', (before, after, oldText, newText) => {
    expect(describeChange({ before, after })).toEqual({ before: oldText, after: newText });
  });
});
