import { area, circle, rectangle, repeat, type Scene, type Shape } from './shape.js';

/** A city at night with lit windows. */
export const city: Scene = (sheet, dice) => {
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

/** A person in an open door that throws light on the floor. */
export const door: Scene = ({ width, height }, dice) => {
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

/** The beam of a projector. */
export const beam: Scene = ({ width, height }, dice) => {
  const fromLeft = dice.next() < 0.5;
  const x = fromLeft ? -width * 0.05 : width * 1.05;
  const far = fromLeft ? width * 1.1 : -width * 0.1;
  const y = height * dice.between(0.08, 0.25);
  const spread = dice.between(0.22, 0.4);
  const aim = dice.between(0.5, 0.65);
  return [
    ...repeat(3, (index) => {
      const half = spread * (1 - index * 0.3);
      return area(
        [
          [x, y],
          [far, height * (aim - half)],
          [far, height * (aim + half)],
        ],
        index === 2 ? 'light' : 'haze',
        0.28,
      );
    }),
    ...repeat(dice.integer(10, 18), () =>
      circle(width * dice.next(), height * dice.between(0.2, 0.8), dice.between(1, 5), 'light', dice.between(0.2, 0.7)),
    ),
    circle(x, y, Math.min(width, height) * 0.13, 'glow'),
  ];
};
