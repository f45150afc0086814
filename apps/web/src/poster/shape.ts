import type { Dice } from './dice.js';

/** A color of the palette by its role, or one of its two gradients. */
export type Paint = 'night' | 'dusk' | 'haze' | 'light' | 'sky' | 'glow';

export type Shape =
  | {
      readonly kind: 'circle';
      readonly cx: number;
      readonly cy: number;
      readonly r: number;
      readonly paint: Paint;
      readonly opacity?: number;
    }
  | {
      readonly kind: 'path';
      readonly d: string;
      readonly paint: Paint;
      readonly opacity?: number;
      readonly strokeWidth?: number;
    };

/** The size of a drawing, in the units of its shapes. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
}

const round = (value: number): number => Math.round(value * 10) / 10;

export const circle = (cx: number, cy: number, r: number, paint: Paint, opacity = 1): Shape => ({
  kind: 'circle',
  cx: round(cx),
  cy: round(cy),
  r: round(r),
  paint,
  opacity: round(opacity * 10) / 10,
});

/** A filled polygon. */
export const area = (points: readonly (readonly [number, number])[], paint: Paint, opacity = 1): Shape => ({
  kind: 'path',
  d: `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`,
  paint,
  opacity,
});

export const rectangle = (x: number, y: number, width: number, height: number, paint: Paint, opacity = 1): Shape =>
  area(
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
    ],
    paint,
    opacity,
  );

export const line = (
  points: readonly (readonly [number, number])[],
  paint: Paint,
  strokeWidth: number,
  opacity = 1,
): Shape => ({
  kind: 'path',
  d: `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`,
  paint,
  strokeWidth: round(strokeWidth),
  opacity,
});

/** The area below a smooth curve through the given heights, which are evenly spaced from left to right. */
export function ridge(sheet: Sheet, heights: readonly number[], paint: Paint, opacity = 1): Shape {
  const step = sheet.width / (heights.length - 1);
  const curve = heights.slice(1).map((height, index) => {
    const previous = heights[index] ?? height;
    const x = index * step;
    return `C${round(x + step / 2)} ${round(previous)} ${round(x + step / 2)} ${round(height)} ${round(x + step)} ${round(height)}`;
  });
  return {
    kind: 'path',
    d: `M0 ${round(heights[0] ?? 0)}${curve.join('')}L${sheet.width} ${sheet.height}L0 ${sheet.height}Z`,
    paint,
    opacity,
  };
}

/** Composes the shapes of a poster. All variation comes from the dice. */
export type Scene = (sheet: Sheet, dice: Dice) => Shape[];

export const repeat = <T>(count: number, create: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => create(index));
