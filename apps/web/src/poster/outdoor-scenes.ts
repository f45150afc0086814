import { area, circle, line, rectangle, repeat, ridge, type Scene } from './shape.js';

/** A large sun behind hills. */
export const hills: Scene = (sheet, dice) => {
  const { width, height } = sheet;
  const unit = Math.min(width, height);
  const layers = dice.integer(3, 4);
  const horizon = dice.between(0.45, 0.58);
  return [
    circle(width * dice.between(0.3, 0.7), height * dice.between(0.28, 0.42), unit * dice.between(0.2, 0.32), 'glow'),
    ...repeat(layers, (layer) => {
      const base = height * (horizon + (layer * (1 - horizon)) / (layers + 0.6));
      const heights = repeat(dice.integer(4, 7), () => base + unit * dice.between(-0.11, 0.06));
      return ridge(sheet, heights, layer === 0 ? 'haze' : layer === 1 ? 'dusk' : 'night', layer === 0 ? 0.75 : 0.9);
    }),
  ];
};

/** Moonlight on open water. */
export const sea: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const cx = width * dice.between(0.3, 0.7);
  const horizon = height * dice.between(0.42, 0.54);
  return [
    circle(cx, horizon - unit * dice.between(-0.04, 0.2), unit * dice.between(0.16, 0.26), 'glow'),
    rectangle(0, horizon, width, height - horizon, 'night', 0.92),
    ...repeat(dice.integer(16, 24), (index) => {
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

/** A road to a vanishing point. */
export const road: Scene = ({ width, height }, dice) => {
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
    ...repeat(6, (index) => {
      const near = (index + 0.2) / 6;
      const far = (index + 0.62) / 6;
      const at = (fraction: number): readonly [number, number] => [
        vx + (width / 2 - vx) * fraction ** 2,
        vy + (height - vy) * fraction ** 2,
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
    ...repeat(dice.integer(8, 14), () =>
      circle(width * dice.next(), vy * dice.next() * 0.8, dice.between(0.8, 2), 'light', 0.7),
    ),
  ];
};
