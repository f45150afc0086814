import { measure } from './measure.ts';
import { table } from './report.ts';

describe('a measure', () => {
  it('tells how many times the floor it costs, whether more or less is better', () => {
    expect(measure('titles', 'requests/s', { platform: 500, floor: 10_000 }).timesFloor).toBe(20);
    expect(measure('film', 's', { platform: 12, floor: 8 }).timesFloor).toBe(1.5);
  });
});

describe('the table', () => {
  it('has a line for each measure, columns in line', () => {
    const measures = [
      measure('titles', 'requests/s', { platform: 1234.56, floor: 20_000 }, { p99Ms: 8.123 }),
      measure('whole ladder', 's', { platform: 12.3456, floor: 10 }),
    ];
    expect(table(measures)).toBe(
      [
        '                     platform             floor  costs',
        'titles        1235 requests/s  20000 requests/s  16.2x  p99Ms 8.12',
        'whole ladder           12.3 s              10 s   1.2x',
      ].join('\n'),
    );
  });
});
