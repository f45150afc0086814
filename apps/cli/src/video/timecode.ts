/** Lit segments of the digits 0 to 9. Bit 0 is the top segment, then clockwise; bit 6 is the middle. */
const LIT_SEGMENTS = [0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f];

/** Left, top, width, and height of each segment in a digit of 4 by 7 units. */
const SEGMENT_BOXES = [
  [1, 0, 2, 1],
  [3, 1, 1, 2],
  [3, 4, 1, 2],
  [1, 6, 2, 1],
  [0, 4, 1, 2],
  [0, 1, 1, 2],
  [1, 3, 2, 1],
] as const;

const DIGIT_UNITS = 5;
const COLON_UNITS = 2;

/**
 * Returns filters that burn a minutes:seconds:frames counter into the lower left corner.
 * Draws seven-segment digits with `drawbox`, because `drawtext` needs a font and is missing from some builds.
 *
 * @param framesPerSecond 10 to 99
 * @param heightPx height of the video; the digits take one fourteenth of it
 * @returns comma-separated filters
 */
export function timecodeFilters(framesPerSecond: number, heightPx: number): string {
  const unit = Math.max(1, Math.round(heightPx / 100));
  const top = heightPx - 10 * unit;
  const glyphs = [
    'floor(t/600)',
    'mod(floor(t/60),10)',
    ':',
    'mod(floor(t/10),6)',
    'mod(floor(t),10)',
    ':',
    `floor(mod(n,${framesPerSecond})/10)`,
    `mod(mod(n,${framesPerSecond}),10)`,
  ];
  const widthUnits = glyphs.reduce((sum, glyph) => sum + (glyph === ':' ? COLON_UNITS : DIGIT_UNITS), 1);
  const filters = [box(2 * unit, top - unit, widthUnits * unit, 9 * unit, 'black@0.75')];
  let left = 3 * unit;
  for (const glyph of glyphs) {
    if (glyph === ':') {
      for (const row of [2, 4]) filters.push(box(left, top + row * unit, unit, unit, 'white@0.9'));
      left += COLON_UNITS * unit;
      continue;
    }
    SEGMENT_BOXES.forEach(([x, y, width, height], segment) => {
      // Bit n is set if the digit n lights this segment.
      const mask = LIT_SEGMENTS.reduce((bits, lit, value) => bits | (((lit >> segment) & 1) << value), 0);
      const segmentBox = box(left + x * unit, top + y * unit, width * unit, height * unit, 'white@0.9');
      filters.push(`${segmentBox}:enable='bitand(${mask},pow(2,${glyph}))'`);
    });
    left += DIGIT_UNITS * unit;
  }
  return filters.join(',');
}

function box(x: number, y: number, width: number, height: number, color: string): string {
  return `drawbox=x=${x}:y=${y}:w=${width}:h=${height}:color=${color}:t=fill`;
}
