import type { Dice } from './dice.js';
import type { Shape, Sheet } from './shape.js';

/** Composes the shapes of a poster. All variation comes from the dice. */
export type Scene = (sheet: Sheet, dice: Dice) => Shape[];

export const repeat = <T>(count: number, create: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => create(index));
