import { generateTitles } from './generate-titles.js';

describe('generateTitles', () => {
  const titles = [...generateTitles(5_000)];
  const share = (matches: (title: (typeof titles)[number]) => boolean): number =>
    titles.filter(matches).length / titles.length;

  it('generates the same titles in each run', () => {
    expect([...generateTitles(50)].map(({ name }) => name)).toEqual([...generateTitles(50)].map(({ name }) => name));
  });

  it('generates unique IDs, newest first', () => {
    expect(new Set(titles.map(({ id }) => id)).size).toBe(titles.length);
    const times = titles.map(({ created_at }) => created_at);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('generates the word "the" in about 15 % of the names, and 20 genres', () => {
    expect(share(({ name }) => /\bthe\b/i.test(name))).toBeCloseTo(0.15, 1);
    expect(new Set(titles.flatMap(({ genres }) => genres)).size).toBe(20);
  });
});
