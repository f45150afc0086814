import type { Dice } from './seed.js';
import type { Shape, Sheet } from './shape.js';

/** One way to fill a poster. Everything that varies comes from the dice. */
export type Scene = (sheet: Sheet, dice: Dice) => Shape[];

export const repeat = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
