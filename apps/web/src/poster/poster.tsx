import type { Schema } from '@viernes/api-client';
import { ArtworkImage } from './artwork-image.js';
import { createDice } from './dice.js';
import { PosterArt } from './poster-art.js';
import { useIsNear } from './use-is-near.js';
import './poster.css';

/** The poster image of a title. Without one, a drawing with the name. Rendered once it is near the viewport. */
export function Poster({ title }: { readonly title: Schema<'Title'> }) {
  const { element, isNear } = useIsNear<HTMLDivElement>();
  return (
    <div className="poster" ref={element}>
      {isNear ? <ArtworkImage title={title} format="portrait" fallback={<DrawnPoster title={title} />} /> : null}
    </div>
  );
}

/** Hidden from assistive technology, because the name of the title is next to it. */
function DrawnPoster({ title }: { readonly title: Schema<'Title'> }) {
  const { style, size } = selectLettering(title.id, title.name);
  return (
    <>
      <PosterArt title={title} format="portrait" />
      <div aria-hidden="true" className={`poster-lettering poster-lettering-${style} poster-lettering-${size}`}>
        {title.directors[0] ? <span className="poster-director">{title.directors[0]}</span> : null}
        <span className="poster-name">{title.name}</span>
      </div>
    </>
  );
}

type Lettering = 'condensed' | 'wide' | 'quiet';

/** Selects the style of a poster's name by the ID of the title, and its size by the name and its longest word. */
function selectLettering(titleId: string, name: string): { readonly style: Lettering; readonly size: 'l' | 'm' | 's' } {
  const longestWord = Math.max(...name.split(/[\s-]+/).map((word) => word.length), 1);
  const size = longestWord > 10 || name.length > 34 ? 's' : longestWord > 7 || name.length > 18 ? 'm' : 'l';
  return { style: createDice(`${titleId}/lettering`).pick(['condensed', 'wide', 'quiet']), size };
}
