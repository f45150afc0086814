import { cacheJson, toHomeJson } from './home-json.js';

describe('toHomeJson', () => {
  it('returns the JSON of a page with and without cached rows', () => {
    const rows = ['"a"', 'b', '\u2028ñ'].map((name) => ({ id: name, name, titles: [{ name, score: null }] }));
    for (const row of rows.slice(1)) cacheJson(row);
    const pages = [
      { rows, unavailableSources: [] },
      { rows: [], unavailableSources: ['catalog', 'user'] },
    ];
    for (const page of pages) expect(toHomeJson(page)).toBe(JSON.stringify(page));
  });
});
