import { readFileSync } from 'node:fs';
import { getProblemTitle, LANGUAGES } from '@viernes/translations';
import { ERRORS, type ErrorCode, type ErrorRow } from './error-table.js';

const documented = new Map(
  readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[A-Z_]+`$/.test(cells[1] ?? ''))
    .map((cells) => [String(cells[1]).slice(1, -1), { http: Number(cells[2]), title: cells[3], advice: cells[4] }]),
);

function toAdvice({ http, retry }: ErrorRow): string {
  if (retry === 'later') return 'retry later';
  return http < 500 ? 'correct the request' : 'report it with the traceId';
}

describe('error table', () => {
  it('docs/errors.md lists exactly the codes of the table, with HTTP status, title, and advice', () => {
    const rows = Object.entries<ErrorRow>(ERRORS).map(([code, row]) => [
      code,
      { http: row.http, title: getProblemTitle(code as ErrorCode), advice: toAdvice(row) },
    ]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(rows));
  });

  it.each(LANGUAGES)('every row has a title in the language %s', (language) => {
    const titles = (Object.keys(ERRORS) as ErrorCode[]).map((code) => getProblemTitle(code, language));
    expect(titles).toEqual(titles.map(() => expect.any(String)));
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('every row has an HTTP error status', () => {
    for (const row of Object.values<ErrorRow>(ERRORS)) expect(row.http).toBeGreaterThanOrEqual(400);
  });
});
