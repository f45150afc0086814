import { paletteOf } from './palette.js';
import { composeScene } from './scenes.js';
import { diceOf } from './seed.js';

const SHEET = { width: 240, height: 360 };
const ids = Array.from({ length: 200 }, (_, index) => `title-${index}`);

describe('composeScene', () => {
  it('draws the same picture for the same title', () => {
    expect(composeScene(SHEET, diceOf('t1'))).toEqual(composeScene(SHEET, diceOf('t1')));
  });

  it('draws different pictures for different titles', () => {
    const pictures = new Set(ids.map((id) => JSON.stringify(composeScene(SHEET, diceOf(id)))));
    expect(pictures.size).toBe(ids.length);
  });

  it('stays small enough to draw a page of them, and has only finite numbers', () => {
    for (const id of ids) {
      const shapes = composeScene(SHEET, diceOf(id));
      expect(shapes.length).toBeLessThan(220);
      expect(JSON.stringify(shapes)).not.toMatch(/NaN|Infinity|null/);
    }
  });
});

describe('paletteOf', () => {
  it('keeps a genre to its inks', () => {
    const nights = new Set(ids.map((id) => paletteOf(['Western'], diceOf(id)).night));
    expect(nights.size).toBeLessThanOrEqual(3);
  });
});

describe('diceOf', () => {
  it('throws every face', () => {
    const dice = diceOf('faces');
    const faces = new Set(Array.from({ length: 200 }, () => dice.whole(1, 6)));
    expect([...faces].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
