import type { Projection } from '@viernes/messaging';
import { MakeTitlePlayable } from '../publication/make-title-playable.handler.js';

/**
 * What can be made again from the log alone. Popularity cannot: its topic keeps a week, and views ever begun are counted for
 * ever; making it again would forget the older ones.
 */
export const PROJECTIONS: readonly Projection[] = [
  { name: 'playable', handlers: [MakeTitlePlayable], tables: ['publication'] },
];
