import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { Problem, sentenceOf } from '../api/problem.js';
import { getTitle } from '../api/titles.js';
import { PosterArt } from '../poster/poster-art.js';
import { Poster } from '../poster/poster.js';
import { useSession } from '../session/use-session.js';
import { Notice } from '../shell/notice.js';
import { usePageTitle } from '../shell/page-title.js';
import { Waiting } from '../shell/waiting.js';
import { AssetState } from './asset-state.js';
import { factsOf, lengthText, watchedPart } from './facts.js';
import { PlayButton } from './play-button.js';
import { useProgressOf } from './use-progress.js';
import './title-page.css';

export function TitlePage() {
  const { titleId = '' } = useParams();
  const query = useQuery({
    queryKey: ['title', titleId],
    queryFn: ({ signal }) => getTitle(titleId, signal),
    staleTime: 0,
  });
  const progress = useProgressOf(titleId);
  const session = useSession();
  usePageTitle(query.data?.name);

  if (query.isError) {
    const isGone = query.error instanceof Problem && query.error.status === 404;
    return (
      <div className="page">
        <Notice
          heading={isGone ? 'Not in the catalogue' : 'The title did not arrive'}
          actions={
            <Link className="button button-primary" to="/browse">
              Browse titles
            </Link>
          }
        >
          <p>{sentenceOf(query.error)}</p>
        </Notice>
      </div>
    );
  }
  if (!query.data) return <Waiting />;
  const title = query.data;
  const isEditor = session.status === 'signed-in' && session.session.account.role === 'editor';
  return (
    <article className="title-page">
      <div className="title-backdrop" aria-hidden="true">
        <PosterArt title={title} format="landscape" />
      </div>
      <div className="title-poster">
        <Poster title={title} />
      </div>
      <div className="title-body">
        <h1 className="display">{title.name}</h1>
        <p className="facts">
          {factsOf(title).map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {title.score === null ? null : <span className="title-score">{title.score.toFixed(1)} / 10</span>}
        </p>
        <div className="title-actions">
          {title.isPlayable ? <PlayButton title={title} isStarted={progress !== undefined} /> : null}
          {isEditor ? (
            <Link className="button button-quiet" to={`/upload?title=${title.id}`}>
              {title.isPlayable ? 'Upload another film' : 'Upload a film'}
            </Link>
          ) : null}
        </div>
        {progress ? (
          <div className="title-progress">
            <div
              className="bar"
              role="progressbar"
              aria-label="Watched"
              aria-valuenow={Math.round(watchedPart(progress) * 100)}
            >
              <span style={{ inlineSize: `${watchedPart(progress) * 100}%` }} />
            </div>
            <span>{lengthText(progress.durationMs - progress.positionMs)} left</span>
          </div>
        ) : null}
        <AssetState title={title} />
        {title.synopsis ? <p className="title-synopsis">{title.synopsis}</p> : null}
        <dl className="title-facts">
          {title.directors.length > 0 ? (
            <div>
              <dt>Directed by</dt>
              <dd>{title.directors.join(', ')}</dd>
            </div>
          ) : null}
          {title.genres.length > 0 ? (
            <div>
              <dt>Genres</dt>
              <dd className="title-genres">
                {title.genres.map((genre) => (
                  <Link key={genre} className="chip" to={`/browse?genre=${encodeURIComponent(genre)}`}>
                    {genre}
                  </Link>
                ))}
              </dd>
            </div>
          ) : null}
        </dl>
      </div>
    </article>
  );
}
