import { memo, useId } from 'react';
import type { Schema } from '@viernes/api-client';
import { selectPalette } from './palette.js';
import { composeScene } from './scenes.js';
import { createDice } from './dice.js';
import type { Paint, Shape, Sheet } from './shape.js';

const SHEETS = {
  portrait: { width: 240, height: 360 },
  landscape: { width: 640, height: 360 },
} as const satisfies Record<string, Sheet>;

export interface PosterArtProps {
  readonly title: Pick<Schema<'Title'>, 'id' | 'genres'>;
  readonly format: keyof typeof SHEETS;
}

/** The drawing of a poster without its lettering. Hidden from assistive technology, because it is decorative. */
export const PosterArt = memo(function PosterArt({ title, format }: PosterArtProps) {
  const name = useId();
  const dice = createDice(title.id);
  const palette = selectPalette(title.genres, dice);
  const sheet = SHEETS[format];
  const paints: Record<Paint, string> = { ...palette, sky: `url(#${name}-sky)`, glow: `url(#${name}-glow)` };
  return (
    <svg
      className="poster-art"
      viewBox={`0 0 ${sheet.width} ${sheet.height}`}
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      <defs>
        <linearGradient id={`${name}-sky`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor={palette.night} />
          <stop offset="0.55" stopColor={palette.dusk} />
          <stop offset="1" stopColor={palette.night} />
        </linearGradient>
        <linearGradient id={`${name}-glow`} x1="0" y1="0" x2="0.3" y2="1">
          <stop offset="0" stopColor={palette.light} />
          <stop offset="1" stopColor={palette.haze} />
        </linearGradient>
      </defs>
      <rect width={sheet.width} height={sheet.height} fill={paints.sky} />
      {composeScene(sheet, dice).map((shape, index) => renderShape(shape, paints, index))}
    </svg>
  );
});

function renderShape(shape: Shape, paints: Record<Paint, string>, key: number) {
  const paint = paints[shape.paint];
  if (shape.kind === 'circle') {
    return <circle key={key} cx={shape.cx} cy={shape.cy} r={shape.r} fill={paint} opacity={shape.opacity} />;
  }
  return shape.strokeWidth === undefined ? (
    <path key={key} d={shape.d} fill={paint} opacity={shape.opacity} />
  ) : (
    <path
      key={key}
      d={shape.d}
      fill="none"
      stroke={paint}
      strokeWidth={shape.strokeWidth}
      strokeLinecap="round"
      opacity={shape.opacity}
    />
  );
}
