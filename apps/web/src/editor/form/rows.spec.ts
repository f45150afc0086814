import { moveRow } from './rows.js';

describe('moveRow', () => {
  it.each([
    [0, 1, ['b', 'a', 'c']],
    [2, -1, ['a', 'c', 'b']],
    [0, -1, ['a', 'b', 'c']],
    [2, 1, ['a', 'b', 'c']],
  ])('moves row %d by %d, but not beyond the ends of the list', (index, step, expected) => {
    expect(moveRow(['a', 'b', 'c'], index, step)).toEqual(expected);
  });
});
