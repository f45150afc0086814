import type { Schema } from '@viernes/api-client';
import { letteringOf } from './lettering.js';
import { PosterArt } from './poster-art.js';
import './poster.css';

/** A whole poster: picture and lettering. The lettering repeats the name beside it, so it is hidden from readers. */
export function Poster({ title }: { readonly title: Schema<'Title'> }) {
  const { voice, size } = letteringOf(title.id, title.name);
  return (
    <div className="poster" aria-hidden="true">
      <PosterArt title={title} format="portrait" />
      <div className={`poster-lettering poster-lettering-${voice} poster-lettering-${size}`}>
        {title.directors[0] ? <span className="poster-director">{title.directors[0]}</span> : null}
        <span className="poster-name">{title.name}</span>
      </div>
    </div>
  );
}
