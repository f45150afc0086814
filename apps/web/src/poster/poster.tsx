import type { Schema } from '@viernes/api-client';
import { selectLettering } from './lettering.js';
import { PosterArt } from './poster-art.js';
import './poster.css';

/** A poster with lettering. Hidden from assistive technology, because the name of the title is next to it. */
export function Poster({ title }: { readonly title: Schema<'Title'> }) {
  const { style, size } = selectLettering(title.id, title.name);
  return (
    <div className="poster" aria-hidden="true">
      <PosterArt title={title} format="portrait" />
      <div className={`poster-lettering poster-lettering-${style} poster-lettering-${size}`}>
        {title.directors[0] ? <span className="poster-director">{title.directors[0]}</span> : null}
        <span className="poster-name">{title.name}</span>
      </div>
    </div>
  );
}
