import { selectPalette } from './palette.js';
import { composeScene } from './scenes.js';
import { createDice } from './dice.js';

const SHEET = { width: 240, height: 360 };
const ids = Array.from({ length: 200 }, (_, index) => `title-${index}`);

describe('composeScene', () => {
  it('composes the same scene for the same title', () => {
    expect(composeScene(SHEET, createDice('t1'))).toEqual(composeScene(SHEET, createDice('t1')));
  });

  it('composes different scenes for different titles', () => {
    const scenes = new Set(ids.map((id) => JSON.stringify(composeScene(SHEET, createDice(id)))));
    expect(scenes.size).toBe(ids.length);
  });

  it('composes fewer than 220 shapes with finite numbers, so that a page of posters renders quickly', () => {
    for (const id of ids) {
      const shapes = composeScene(SHEET, createDice(id));
      expect(shapes.length).toBeLessThan(220);
      expect(JSON.stringify(shapes)).not.toMatch(/NaN|Infinity|null/);
    }
  });
});

describe('selectPalette', () => {
  it('selects all palettes of the genre of a title, and no others', () => {
    const nights = new Set(ids.map((id) => selectPalette(['Western'], createDice(id)).night));
    const [rust, sand, ember] = ['#1b120c', '#1a1510', '#1c0f14'];
    expect(nights).toEqual(new Set([rust, sand, ember]));
  });
});

describe('createDice', () => {
  it('returns every integer of the range', () => {
    const dice = createDice('rolls');
    const rolls = new Set(Array.from({ length: 200 }, () => dice.integer(1, 6)));
    expect([...rolls].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
