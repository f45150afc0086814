import { measure } from './measure.js';
import { toTable } from './report.js';

describe('measure', () => {
  it('returns the ratio to the baseline for throughputs and for durations', () => {
    expect(measure('titles', 'requests/s', { platform: 500, baseline: 10_000 }).baselineRatio).toBe(20);
    expect(measure('upload', 's', { platform: 12, baseline: 8 }).baselineRatio).toBe(1.5);
  });
});

describe('toTable', () => {
  it('returns one line per measurement with aligned columns', () => {
    const measures = [
      measure('titles', 'requests/s', { platform: 1234.56, baseline: 20_000 }, { p99Ms: 8.123 }),
      measure('complete ladder', 's', { platform: 12.3456, baseline: 10 }),
    ];
    expect(toTable(measures)).toBe(
      [
        '                        platform          baseline  ratio',
        'titles           1235 requests/s  20000 requests/s  16.2x  p99Ms 8.12',
        'complete ladder           12.3 s              10 s   1.2x',
      ].join('\n'),
    );
  });
});
