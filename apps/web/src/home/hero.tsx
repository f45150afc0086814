import { Link } from 'react-router';
import type { HomeTitle } from '../api/types.js';
import { PosterArt } from '../poster/poster-art.js';
import { factsOf } from '../title/facts.js';
import { PlayButton } from '../title/play-button.js';
import './home.css';

export function Hero({ title }: { readonly title: HomeTitle }) {
  return (
    <section className="hero" aria-labelledby="hero-name">
      <div className="hero-art">
        <PosterArt title={title} format="landscape" />
      </div>
      <div className="hero-text">
        <p className="eyebrow">{title.isPlayable ? 'Tonight on Viernes' : 'In the catalogue'}</p>
        <h1 id="hero-name" className="display">
          {title.name}
        </h1>
        <p className="facts">
          {[...factsOf(title), ...title.genres.slice(0, 2)].map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        {title.synopsis ? <p className="hero-synopsis">{title.synopsis}</p> : null}
        <div className="hero-actions">
          {title.isPlayable ? <PlayButton title={title} isStarted={title.progress !== undefined} /> : null}
          <Link className="button button-quiet" to={`/titles/${title.id}`}>
            Details
          </Link>
        </div>
      </div>
    </section>
  );
}
