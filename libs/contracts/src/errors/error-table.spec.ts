import { readFileSync } from 'node:fs';
import { ERRORS, type ErrorRow } from './error-table.js';

const documented = new Map(
  readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[A-Z_]+`$/.test(cells[1] ?? ''))
    .map((cells) => [String(cells[1]).slice(1, -1), { http: Number(cells[2]), title: cells[3], advice: cells[4] }]),
);

function adviceOf({ http, retry }: ErrorRow): string {
  if (retry === 'later') return 'wait, then repeat';
  return http < 500 ? 'mend the request' : 'tell us, with the traceId';
}

describe('the error table', () => {
  it('documents every code with its HTTP status, its title and what to do, and nothing else', () => {
    const rows = Object.entries<ErrorRow>(ERRORS).map(([code, row]) => [
      code,
      { http: row.http, title: row.title, advice: adviceOf(row) },
    ]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(rows));
  });

  it('has a failure for every row: no status of success', () => {
    for (const row of Object.values<ErrorRow>(ERRORS)) expect(row.http).toBeGreaterThanOrEqual(400);
  });
});
