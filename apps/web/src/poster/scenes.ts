import type { Dice } from './seed.js';
import { area, circle, line, rectangle, ridge, type Shape, type Sheet } from './shape.js';

type Scene = (sheet: Sheet, dice: Dice) => Shape[];

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

/** A large sun behind hills. */
const hills: Scene = (sheet, dice) => {
  const { width, height } = sheet;
  const unit = Math.min(width, height);
  const layers = dice.whole(3, 4);
  const horizon = dice.between(0.45, 0.58);
  return [
    circle(width * dice.between(0.3, 0.7), height * dice.between(0.28, 0.42), unit * dice.between(0.2, 0.32), 'glow'),
    ...times(layers, (layer) => {
      const base = height * (horizon + (layer * (1 - horizon)) / (layers + 0.6));
      const heights = times(dice.whole(4, 7), () => base + unit * dice.between(-0.11, 0.06));
      return ridge(sheet, heights, layer === 0 ? 'haze' : layer === 1 ? 'dusk' : 'night', layer === 0 ? 0.75 : 0.9);
    }),
  ];
};

/** A projector's beam across the dark. */
const beam: Scene = ({ width, height }, dice) => {
  const fromLeft = dice.next() < 0.5;
  const x = fromLeft ? -width * 0.05 : width * 1.05;
  const far = fromLeft ? width * 1.1 : -width * 0.1;
  const y = height * dice.between(0.08, 0.25);
  const spread = dice.between(0.22, 0.4);
  const aim = dice.between(0.5, 0.65);
  return [
    ...times(3, (index) => {
      const part = spread * (1 - index * 0.3);
      return area(
        [
          [x, y],
          [far, height * (aim - part)],
          [far, height * (aim + part)],
        ],
        index === 2 ? 'light' : 'haze',
        0.28,
      );
    }),
    ...times(dice.whole(10, 18), () =>
      circle(width * dice.next(), height * dice.between(0.2, 0.8), dice.between(1, 5), 'light', dice.between(0.2, 0.7)),
    ),
    circle(x, y, Math.min(width, height) * 0.13, 'glow'),
  ];
};

/** Rings round an eye, a record, a planet: whatever the name makes of it. */
const rings: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const cx = width * dice.between(0.35, 0.65);
  const cy = height * dice.between(0.32, 0.46);
  const count = dice.whole(5, 8);
  const largest = unit * dice.between(0.62, 0.9);
  return [
    ...times(count, (index) =>
      circle(cx, cy, largest * (1 - index / count), (['dusk', 'haze', 'night'] as const)[index % 3] ?? 'dusk', 0.8),
    ),
    circle(cx, cy, (largest / count) * 0.75, 'glow'),
  ];
};

/** A city with some windows still lit. */
const city: Scene = (sheet, dice) => {
  const { width, height } = sheet;
  const unit = Math.min(width, height);
  const block = (base: number, paint: 'haze' | 'dusk' | 'night', lit: boolean): Shape[] => {
    const shapes: Shape[] = [];
    for (let x = -unit * 0.04; x < width;) {
      const wide = unit * dice.between(0.09, 0.2);
      const top = height * base - unit * dice.between(0, 0.34);
      shapes.push(rectangle(x, top, wide, height - top, paint));
      if (lit) {
        const cell = unit * 0.034;
        for (let row = 0; row < 7; row += 1) {
          for (let wx = x + cell; wx < x + wide - cell * 1.2; wx += cell * 1.7) {
            if (dice.next() < 0.28)
              shapes.push(rectangle(wx, top + cell * (1 + row * 1.8), cell * 0.7, cell, 'light', 0.8));
          }
        }
      }
      x += wide;
    }
    return shapes;
  };
  return [
    circle(width * dice.between(0.2, 0.8), height * dice.between(0.16, 0.3), unit * dice.between(0.1, 0.22), 'glow'),
    ...block(0.6, 'dusk', false),
    ...block(0.8, 'night', true),
  ];
};

/** Paper cut with a knife: slanted bands. */
const bands: Scene = ({ width, height }, dice) => {
  const count = dice.whole(4, 7);
  const slant = height * dice.between(-0.35, 0.35);
  const step = (height * 1.2) / count;
  return [
    ...times(count, (index) => {
      const top = index * step - height * 0.1;
      const thick = step * dice.between(0.35, 0.9);
      const lean = slant * dice.between(0.6, 1.1);
      return area(
        [
          [0, top - lean / 2],
          [width, top + lean / 2],
          [width, top + lean / 2 + thick],
          [0, top - lean / 2 + thick],
        ],
        (['haze', 'dusk', 'night', 'haze'] as const)[index % 4] ?? 'haze',
        0.85,
      );
    }),
    circle(
      width * dice.between(0.25, 0.75),
      height * dice.between(0.25, 0.5),
      Math.min(width, height) * dice.between(0.12, 0.2),
      'glow',
    ),
  ];
};

/** Moonlight on open water. */
const sea: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const cx = width * dice.between(0.3, 0.7);
  const horizon = height * dice.between(0.42, 0.54);
  return [
    circle(cx, horizon - unit * dice.between(-0.04, 0.2), unit * dice.between(0.16, 0.26), 'glow'),
    rectangle(0, horizon, width, height - horizon, 'night', 0.92),
    ...times(dice.whole(16, 24), (index) => {
      const depth = (index + 1) / 24;
      const half = unit * dice.between(0.03, 0.24) * (0.5 + depth);
      const y = horizon + (height - horizon) * depth * 0.8;
      const off = unit * dice.between(-0.12, 0.12);
      return line(
        [
          [cx + off - half, y],
          [cx + off + half, y],
        ],
        dice.next() < 0.4 ? 'haze' : 'light',
        unit * 0.008,
        0.75 - depth * 0.5,
      );
    }),
  ];
};

/** One door left open. */
const door: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const cx = width * dice.between(0.36, 0.64);
  const tall = height * dice.between(0.3, 0.4);
  const wide = unit * dice.between(0.13, 0.2);
  const floor = height * 0.58;
  const throwTo = width * dice.between(-0.3, 0.3);
  return [
    rectangle(0, floor, width, height - floor, 'night', 0.55),
    area(
      [
        [cx - wide / 2, floor],
        [cx + wide / 2, floor],
        [cx + wide * 1.7 + throwTo, height],
        [cx - wide * 1.7 + throwTo, height],
      ],
      'light',
      0.38,
    ),
    rectangle(cx - wide / 2, floor - tall, wide, tall, 'glow'),
    circle(cx, floor - tall * 0.52, wide * 0.13, 'night'),
    area(
      [
        [cx - wide * 0.17, floor],
        [cx - wide * 0.14, floor - tall * 0.42],
        [cx + wide * 0.14, floor - tall * 0.42],
        [cx + wide * 0.17, floor],
      ],
      'night',
    ),
  ];
};

/** Two discs that meet, an eclipse. */
const eclipse: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const cx = width * dice.between(0.4, 0.6);
  const cy = height * dice.between(0.32, 0.44);
  const r = unit * dice.between(0.24, 0.34);
  const turn = dice.between(0, Math.PI * 2);
  return [
    ...times(28, (index) => {
      const angle = (index / 28) * Math.PI * 2;
      const reach = r * dice.between(1.25, 2.6);
      return line(
        [
          [cx + Math.cos(angle) * r * 1.12, cy + Math.sin(angle) * r * 1.12],
          [cx + Math.cos(angle) * reach, cy + Math.sin(angle) * reach],
        ],
        'haze',
        unit * 0.006,
        0.5,
      );
    }),
    circle(cx, cy, r, 'glow'),
    circle(cx + Math.cos(turn) * r * 0.22, cy + Math.sin(turn) * r * 0.22, r * 0.93, 'night'),
  ];
};

/** A road to a vanishing point. */
const road: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const vx = width * dice.between(0.35, 0.65);
  const vy = height * dice.between(0.42, 0.52);
  const base = unit * dice.between(0.4, 0.6);
  return [
    circle(vx, vy, unit * dice.between(0.18, 0.28), 'glow'),
    rectangle(0, vy, width, height - vy, 'dusk'),
    area(
      [
        [vx, vy],
        [width / 2 + base, height],
        [width / 2 - base, height],
      ],
      'night',
    ),
    ...times(6, (index) => {
      const near = (index + 0.2) / 6;
      const far = (index + 0.62) / 6;
      const at = (part: number): readonly [number, number] => [
        vx + (width / 2 - vx) * part ** 2,
        vy + (height - vy) * part ** 2,
      ];
      const [nx, ny] = at(near);
      const [fx, fy] = at(far);
      return area(
        [
          [nx - near * 3, ny],
          [nx + near * 3, ny],
          [fx + far * 5, fy],
          [fx - far * 5, fy],
        ],
        'light',
        0.8,
      );
    }),
    ...times(dice.whole(8, 14), () =>
      circle(width * dice.next(), vy * dice.next() * 0.8, dice.between(0.8, 2), 'light', 0.7),
    ),
  ];
};

const SCENES = [hills, beam, rings, city, bands, sea, door, eclipse, road] as const;

/** The picture of one title. The same dice give the same picture. */
export function composeScene(sheet: Sheet, dice: Dice): Shape[] {
  return dice.pick(SCENES)(sheet, dice);
}
