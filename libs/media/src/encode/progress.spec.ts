import { parseProgress } from './progress.js';

describe('parseProgress', () => {
  it.each([
    ['out_time_us=1234567', { positionMs: 1234 }],
    ['out_time_us=0', { positionMs: 0 }],
    ['out_time_us=N/A', undefined],
    ['out_time_us=-9223372036854775807', undefined],
    ['out_time_ms=1234567', undefined],
    ['out_time=00:00:01.234567', undefined],
    ['progress=continue', undefined],
    ['', undefined],
  ])('parses the line %j to %j', (line, expected) => {
    expect(parseProgress(line)).toEqual(expected);
  });
});
