import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { Link } from 'react-router';
import { Backdrop } from '../poster/artwork-image.js';
import { PlayButton } from '../title/play-button.js';
import { listFacts } from '../title/title-facts.js';
import { toGenreName } from '../title/genre-name.js';

export function Hero({ title }: { readonly title: Schema<'HomeTitle'> }) {
  return (
    <section className="hero" aria-labelledby="hero-name">
      <div className="hero-art">
        <Backdrop title={title} />
      </div>
      <div className="hero-text">
        <p className="eyebrow">{title.isPlayable ? t('home.tonight') : t('home.inCatalog')}</p>
        <h1 id="hero-name" className="display">
          {title.name}
        </h1>
        <p className="facts">
          {[...listFacts(title), ...title.genres.slice(0, 2).map(toGenreName)].map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
        {title.synopsis ? <p className="hero-synopsis">{title.synopsis}</p> : null}
        <div className="hero-actions">
          {title.isPlayable ? <PlayButton titleId={title.id} isStarted={title.progress !== undefined} /> : null}
          <Link className="button button-quiet" to={`/titles/${title.id}`}>
            {t('home.details')}
          </Link>
        </div>
      </div>
    </section>
  );
}
