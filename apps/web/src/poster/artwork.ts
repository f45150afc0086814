import type { Schema } from '@viernes/api-client';

type Artwork = Schema<'Artwork'>;

/** The kinds of images that suit a format, best first. */
const KINDS = {
  portrait: ['poster'],
  landscape: ['backdrop', 'still'],
} as const satisfies Record<string, readonly Artwork['kind'][]>;

export type ArtworkFormat = keyof typeof KINDS;

/** @returns undefined if the title has no image of the format */
export function findArtwork(artwork: readonly Artwork[], format: ArtworkFormat): Artwork | undefined {
  for (const wanted of KINDS[format]) {
    const found = artwork.find(({ kind }) => kind === wanted);
    if (found) return found;
  }
  return undefined;
}
