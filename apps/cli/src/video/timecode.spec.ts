import { timecodeFilters } from './timecode.js';

/** Returns the lit segments of one glyph for a value, as a bit mask. */
function litSegments(filters: string, expression: string, value: number): number {
  const enabled = filters.split('drawbox').filter((filter) => filter.includes(`pow(2,${expression}))`));
  return enabled.reduce((bits, filter, segment) => {
    const mask = Number(/bitand\((\d+),/.exec(filter)?.[1]);
    return bits | (((mask >> value) & 1) << segment);
  }, 0);
}

describe('timecodeFilters', () => {
  const filters = timecodeFilters(24, 480);

  it('shows the seconds as seven-segment digits', () => {
    const seconds = 'mod(floor(t),10)';
    expect(litSegments(filters, seconds, 8)).toBe(0b1111111);
    expect(litSegments(filters, seconds, 1)).toBe(0b0000110);
    expect(litSegments(filters, seconds, 4)).toBe(0b1100110);
  });

  it('counts frames at the frame rate of the video', () => {
    expect(timecodeFilters(30, 480)).toContain('mod(n,30)');
    expect(filters).toContain('mod(n,24)');
  });

  it('keeps the digits inside the frame', () => {
    for (const height of [240, 480, 720]) {
      for (const [, y, h] of timecodeFilters(24, height).matchAll(/y=(\d+):w=\d+:h=(\d+)/g)) {
        expect(Number(y) + Number(h)).toBeLessThanOrEqual(height);
      }
    }
  });
});
