import type { Schema } from '@viernes/api-client';
import { findArtwork } from './artwork.js';

type Artwork = Schema<'Artwork'>;

describe('findArtwork', () => {
  const image = (kind: Artwork['kind'], url: string = kind): Artwork => ({
    ...{ kind, url: `/artwork/${url}.jpg` },
    ...{ widthPx: 600, heightPx: 900, alternativeText: '' },
  });

  it.each([
    ['portrait', ['backdrop', 'poster'], '/artwork/poster.jpg'],
    ['landscape', ['poster', 'still', 'backdrop'], '/artwork/backdrop.jpg'],
    ['landscape', ['poster', 'still'], '/artwork/still.jpg'],
    ['landscape', ['poster'], undefined],
    ['portrait', ['backdrop'], undefined],
  ] as const)('selects the best %s image among %j', (format, kinds, url) => {
    const artwork = kinds.map((kind) => image(kind));
    expect(findArtwork(artwork, format)?.url).toBe(url);
  });

  it('selects the first of several images of a kind', () => {
    expect(findArtwork([image('poster', 'a'), image('poster', 'b')], 'portrait')?.url).toBe('/artwork/a.jpg');
  });
});
