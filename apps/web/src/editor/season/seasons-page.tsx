import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { Link, NavLink, useLocation, useParams } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { formatSeasonNumber } from '../../title/title-facts.js';
import { getTitle, listSeasons } from '../../title/titles.js';
import { Loading } from '../../ui/loading.js';
import { Notice, NoticeLink } from '../../ui/notice.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { DeletedSeason } from './deleted-season.js';
import { EditSeason } from './edit-season.js';
import { NewSeason } from './new-season.js';

const NEW_SEASON = 'new';

/** The seasons of a series, and the form of the selected one. */
export function SeasonsPage() {
  const { titleId = '', season: chosen } = useParams();
  const { state } = useLocation() as { readonly state: { readonly deleted?: number } | null };
  const title = useQuery({ queryKey: ['title', titleId], queryFn: ({ signal }) => getTitle(titleId, signal) });
  const seasons = useQuery({
    queryKey: ['seasons', titleId, 'editor'],
    queryFn: ({ signal }) => listSeasons(titleId, signal),
    staleTime: 0,
    gcTime: 0,
  });
  const name = title.data?.name;
  const problem = title.error ?? seasons.error;
  usePageTitle(problem ? t('editor.seasons.unavailable') : name && t('editor.seasons.heading', { name }));
  if (problem) {
    return (
      <div className="page">
        <Notice
          heading={t('editor.seasons.unavailable')}
          actions={<NoticeLink to="/editor">{t('editor.chooseAnother')}</NoticeLink>}
        >
          <p>{toMessage(problem)}</p>
        </Notice>
      </div>
    );
  }
  if (!title.data || !seasons.data) return <Loading />;
  const known = seasons.data.seasons;
  const season = known.find(({ number }) => String(number) === chosen);
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.seasons.heading', { name })}</h1>
        <p className="editor-links">
          <Link to={`/editor/titles/${titleId}`}>{t('editor.seasons.editSeries')}</Link>
          <Link to={`/titles/${titleId}`}>{t('editor.seasons.viewSeries')}</Link>
        </p>
      </header>
      <nav aria-label={t('editor.seasons.seasons')}>
        <ul className="season-links">
          {known.map(({ number }) => (
            <li key={number}>
              <NavLink className="chip" to={`/editor/titles/${titleId}/seasons/${number}`}>
                {formatSeasonNumber(number)}
              </NavLink>
            </li>
          ))}
          <li>
            <NavLink className="chip" to={`/editor/titles/${titleId}/seasons/${NEW_SEASON}`}>
              {t('editor.seasons.new')}
            </NavLink>
          </li>
        </ul>
      </nav>
      {state?.deleted !== undefined && chosen === undefined ? (
        <DeletedSeason titleId={titleId} number={state.deleted} />
      ) : null}
      {chosen === NEW_SEASON ? (
        <NewSeason titleId={titleId} usedNumbers={known.map(({ number }) => number)} />
      ) : season ? (
        <EditSeason key={season.number} titleId={titleId} number={season.number} />
      ) : (
        <p className="field-hint">{t('editor.seasons.choose')}</p>
      )}
    </div>
  );
}
