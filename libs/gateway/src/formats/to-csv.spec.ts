import { toCsv } from './to-csv.js';

describe('toCsv', () => {
  const table = { rows: 'rows', columns: ['name', 'calls'] };

  it('writes a header, the declared columns, and empty cells for missing values', () => {
    const rows = [{ calls: 1, name: 'CI, "nightly"', other: true }, { name: null, calls: 2 }, { calls: 3 }];
    expect(toCsv({ rows }, table)).toBe('name,calls\r\n"CI, ""nightly""",1\r\n,2\r\n,3\r\n');
    expect(toCsv({ rows: [] }, table)).toBe('name,calls\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)'])('writes %s as text, which spreadsheets do not execute', (name) => {
    expect(toCsv({ rows: [{ name, calls: 1 }] }, table)).toBe(`name,calls\r\n'${name},1\r\n`);
  });
});
