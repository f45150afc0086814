import { readFileSync } from 'node:fs';
import { ERRORS } from './error-table.js';

const documented = new Map(
  readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter((cells) => /^`[A-Z_]+`$/.test(cells[1] ?? ''))
    .map((cells) => [String(cells[1]).slice(1, -1), { http: Number(cells[2]), title: cells[3] }]),
);

describe('the error table', () => {
  it('documents every code with its HTTP status and title, and nothing else', () => {
    const rows = Object.entries(ERRORS).map(([code, { http, title }]) => [code, { http, title }] as const);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(rows));
  });

  it('answers client faults with 4xx and never asks to repeat them at once', () => {
    for (const [code, row] of Object.entries(ERRORS)) {
      expect({ code, ok: row.http >= 400 && row.http < 600 }).toEqual({ code, ok: true });
    }
  });
});
