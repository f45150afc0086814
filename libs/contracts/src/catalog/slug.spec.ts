import { SLUG, toSlug } from './slug.js';

describe('toSlug', () => {
  it.each([
    ['Amélie (2001)', 'amélie-2001'],
    ['  Blood & Water ', 'blood-water'],
    ['#Alive', 'alive'],
    ['進撃の巨人', '進撃の巨人'],
    ['الفيل الأزرق', 'الفيل-الأزرق'],
    ['...', ''],
  ])('converts %j to %j', (name, slug) => {
    expect(toSlug(name)).toBe(slug);
  });

  it.each([
    [99, 'a'],
    [98, '𠮷'],
  ])('cuts a long name after %d letters and before %j to a valid slug', (length, next) => {
    const slug = toSlug(`${'a'.repeat(length)} ${next}${next}`);
    expect(slug).toBe('a'.repeat(length));
    expect(slug).toMatch(SLUG);
  });

  it('returns slugs that remain the same when they are converted again', () => {
    for (const name of ['İstanbul', 'STRAẞE', 'Ǆ', 'Ω 100']) {
      expect(toSlug(name)).toMatch(SLUG);
      expect(toSlug(toSlug(name))).toBe(toSlug(name));
    }
  });
});
