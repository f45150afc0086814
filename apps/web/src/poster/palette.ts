import type { Dice } from './dice.js';

/** The four colors of one poster, from dark to light. */
export interface Palette {
  readonly night: string;
  readonly dusk: string;
  readonly haze: string;
  readonly light: string;
}

const palette = (night: string, dusk: string, haze: string, light: string): Palette => ({
  night,
  dusk,
  haze,
  light,
});

const PALETTES = {
  ember: palette('#1c0f14', '#5c1f26', '#b8432f', '#ffb35c'),
  harbor: palette('#0b1722', '#16405a', '#3f86a0', '#f3c98b'),
  orchid: palette('#1a0f26', '#4a2166', '#a1458f', '#ffb3a7'),
  pine: palette('#0c1914', '#1d4a3a', '#5f9a6b', '#f0d58c'),
  ink: palette('#10121c', '#2b3152', '#6470a8', '#f2e3c6'),
  rust: palette('#1b120c', '#5e3519', '#b77434', '#f6d9a0'),
  ice: palette('#0d151d', '#2a4559', '#82aebf', '#ffe9d2'),
  plum: palette('#180d18', '#571b45', '#c23b5e', '#ffc06b'),
  moss: palette('#12150c', '#3b4320', '#8b9145', '#ffd46e'),
  neon: palette('#0f0c22', '#31207a', '#e0457b', '#59e0d0'),
  sand: palette('#1a1510', '#6b4b33', '#cf9a66', '#ffe6b5'),
  blood: palette('#140a0c', '#3d0f16', '#94202b', '#e9d8c4'),
} as const;

type Name = keyof typeof PALETTES;
type Names = readonly [Name, ...Name[]];

const ALL = Object.keys(PALETTES) as unknown as Names;

/** The palettes by genre. Titles of other genres can have any palette. */
const GENRE_PALETTES: readonly (readonly [RegExp, Names])[] = [
  [/horror/i, ['blood', 'ink', 'plum']],
  [/thriller|suspense|crime/i, ['ink', 'blood', 'harbor', 'neon']],
  [/roman/i, ['orchid', 'plum', 'sand']],
  [/western/i, ['rust', 'sand', 'ember']],
  [/documentar/i, ['pine', 'moss', 'harbor']],
  [/comed/i, ['moss', 'orchid', 'neon', 'sand', 'ice']],
  [/adventure|action/i, ['ember', 'harbor', 'rust', 'neon', 'pine']],
  [/music|concert/i, ['neon', 'orchid', 'ember']],
  [/drama/i, ['ice', 'harbor', 'plum', 'ink', 'sand', 'rust']],
];

export function selectPalette(genres: readonly string[], dice: Dice): Palette {
  const match = GENRE_PALETTES.find(([pattern]) => genres.some((genre) => pattern.test(genre)));
  return PALETTES[dice.pick(match?.[1] ?? ALL)];
}
