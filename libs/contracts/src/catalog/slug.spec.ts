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

  it('returns slugs that remain the same when they are converted again', () => {
    for (const name of ['İstanbul', 'STRAẞE', 'Ǆ', 'Ω 100']) {
      expect(toSlug(name)).toMatch(SLUG);
      expect(toSlug(toSlug(name))).toBe(toSlug(name));
    }
  });
});
