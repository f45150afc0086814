import { useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { Link, useParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { Problem } from '../api/problem.js';
import { formatDuration, formatScore } from '../language/format.js';
import { Backdrop } from '../poster/artwork-image.js';
import { Poster } from '../poster/poster.js';
import { useIsEditor, useProfileId } from '../session/use-session.js';
import { MyListButton } from '../title-actions/my-list-button.js';
import { RatingButtons } from '../title-actions/rating-buttons.js';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { ProgressBar } from '../ui/progress-bar.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { AssetState } from './asset-state.js';
import { listCreditFacts } from './credit-facts.js';
import { toGenreName } from './genre-name.js';
import { PlayButton } from './play-button.js';
import { RelatedTitles } from './related-titles.js';
import { Seasons } from './seasons.js';
import { listFacts, watchedFraction } from './title-facts.js';
import { getTitle, listContinueWatching } from './titles.js';
import { WatchTogetherButton } from './watch-together-button.js';
import './title-page.css';

export function TitlePage() {
  const { titleId = '' } = useParams();
  const title = useQuery({
    queryKey: ['title', titleId],
    queryFn: ({ signal }) => getTitle(titleId, signal),
    staleTime: 0,
  });
  usePageTitle(title.isError ? t('title.unavailable') : title.data?.name);
  if (title.isError) return <TitleProblem problem={title.error} />;
  return title.data ? <TitleDetails title={title.data} /> : <Loading />;
}

function TitleProblem({ problem }: { readonly problem: Error }) {
  const isUnknown = problem instanceof Problem && (problem.status === 404 || problem.status === 400);
  return (
    <div className="page">
      <Notice
        heading={isUnknown ? t('title.notFound') : t('title.unavailable')}
        actions={<NoticeLink to="/browse">{t('common.browseTitles')}</NoticeLink>}
      >
        <p>{isUnknown ? t('problems.TITLE_NOT_FOUND') : toMessage(problem)}</p>
      </Notice>
    </div>
  );
}

/**
 * The progress of the profile in a title. Undefined if the title has not been started, if a series continues at the
 * start of its next episode, or if the progress is unavailable.
 */
function useProgress(titleId: string): Schema<'WatchProgress'> | undefined {
  const profileId = useProfileId();
  const { data } = useQuery({
    queryKey: ['continue-watching', profileId],
    queryFn: ({ signal }) => listContinueWatching(profileId ?? '', signal),
    enabled: profileId !== undefined,
    staleTime: 0,
  });
  return data?.entries.find((entry) => entry.title.id === titleId && entry.positionMs > 0);
}

function TitleDetails({ title }: { readonly title: Schema<'TitleDetails'> }) {
  const progress = useProgress(title.id);
  const profileId = useProfileId();
  const isEditor = useIsEditor();
  return (
    <>
      <article className="title-page">
        <div className="title-backdrop">
          <Backdrop title={title} />
        </div>
        <div className="title-poster">
          <Poster title={title} />
        </div>
        <div className="title-body">
          <h1 className="display">{title.name}</h1>
          <p className="facts">
            {listFacts(title).map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
            {title.score === null ? null : (
              <span className="title-score">{t('title.score', { score: formatScore(title.score) })}</span>
            )}
          </p>
          <div className="title-actions">
            {title.isPlayable ? <PlayButton titleId={title.id} isStarted={progress !== undefined} /> : null}
            {profileId === undefined ? null : (
              <>
                {title.isPlayable ? <WatchTogetherButton titleId={title.id} profileId={profileId} /> : null}
                <MyListButton titleId={title.id} />
                <RatingButtons titleId={title.id} />
              </>
            )}
            {isEditor ? (
              <Link className="button button-quiet" to={`/editor/titles/${title.id}`}>
                {t('title.edit')}
              </Link>
            ) : null}
            {isEditor && title.kind === 'film' ? (
              <Link className="button button-quiet" to={`/upload?title=${title.id}`}>
                {title.isPlayable ? t('common.uploadAnotherVideo') : t('common.uploadVideo')}
              </Link>
            ) : null}
          </div>
          {progress ? (
            <div className="title-progress">
              <ProgressBar label={t('common.watched')} fraction={watchedFraction(progress)} />
              <span>
                {t('title.timeLeft', { duration: formatDuration(progress.durationMs - progress.positionMs) })}
              </span>
            </div>
          ) : null}
          <AssetState title={title} />
          {title.synopsis ? <p className="title-synopsis">{title.synopsis}</p> : null}
          {title.kind === 'series' ? <Seasons titleId={title.id} /> : null}
          <dl className="title-facts">
            {listCreditFacts(title).map(({ label, values }) => (
              <div key={label}>
                <dt>{label}</dt>
                {values.map(({ name, path, character }, index) => (
                  // A person can play several characters.
                  <dd key={index} className="title-fact">
                    <Link to={path}>{name}</Link>
                    {character ? ` (${character})` : null}
                  </dd>
                ))}
              </div>
            ))}
            {title.genres.length > 0 ? (
              <div>
                <dt>{t('title.genres')}</dt>
                <dd className="title-genres">
                  {title.genres.map((genre) => (
                    <Link key={genre} className="chip" to={`/browse?genre=${encodeURIComponent(genre)}`}>
                      {toGenreName(genre)}
                    </Link>
                  ))}
                </dd>
              </div>
            ) : null}
          </dl>
        </div>
      </article>
      <RelatedTitles titleId={title.id} />
    </>
  );
}
