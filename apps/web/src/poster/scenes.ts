import { bands, eclipse, rings } from './abstract-scenes.js';
import { beam, city, door } from './built-scenes.js';
import { hills, road, sea } from './outdoor-scenes.js';
import type { Dice } from './dice.js';
import type { Shape, Sheet } from './shape.js';

const SCENES = [hills, beam, rings, city, bands, sea, door, eclipse, road] as const;

/** Composes the scene of one title. */
export function composeScene(sheet: Sheet, dice: Dice): Shape[] {
  return dice.pick(SCENES)(sheet, dice);
}
