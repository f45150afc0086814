import { area, circle, line, repeat, type Scene } from './shape.js';

/** Concentric rings around a glowing disc. */
export const rings: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const cx = width * dice.between(0.35, 0.65);
  const cy = height * dice.between(0.32, 0.46);
  const count = dice.integer(5, 8);
  const largest = unit * dice.between(0.62, 0.9);
  return [
    ...repeat(count, (index) =>
      circle(cx, cy, largest * (1 - index / count), (['dusk', 'haze', 'night'] as const)[index % 3] ?? 'dusk', 0.8),
    ),
    circle(cx, cy, (largest / count) * 0.75, 'glow'),
  ];
};

/** Slanted bands behind a glowing disc. */
export const bands: Scene = ({ width, height }, dice) => {
  const count = dice.integer(4, 7);
  const slant = height * dice.between(-0.35, 0.35);
  const step = (height * 1.2) / count;
  return [
    ...repeat(count, (index) => {
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

/** An eclipse: rays around a disc that another disc covers. */
export const eclipse: Scene = ({ width, height }, dice) => {
  const unit = Math.min(width, height);
  const cx = width * dice.between(0.4, 0.6);
  const cy = height * dice.between(0.32, 0.44);
  const r = unit * dice.between(0.24, 0.34);
  const turn = dice.between(0, Math.PI * 2);
  return [
    ...repeat(28, (index) => {
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
