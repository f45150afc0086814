import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { removeFromHistory } from '../history/history-requests.js';
import { useProfileId, useSession } from '../session/use-session.js';
import { getHome } from '../title/titles.js';
import { Notice } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { Hero } from './hero.js';
import { TitleRow } from '../title/title-row.js';
import { useGradualCount } from './use-gradual-count.js';
import './home.css';

/** Number of rows in the first rendering. Covers the rows that are visible below the hero. */
const INITIAL_ROWS = 1;
const SKELETON_ROWS = [0, 1];
const SKELETON_CARDS = [0, 1, 2, 3, 4, 5, 6, 7];

export function HomePage() {
  const session = useSession();
  const profileId = useProfileId();
  const home = useQuery({
    queryKey: ['home', profileId],
    queryFn: ({ signal }) => getHome(profileId, signal),
    enabled: session.status !== 'unknown',
    // The progress has changed after a return from the player.
    staleTime: 0,
  });
  usePageTitle(home.isPending ? undefined : t('home.heading'));

  if (home.isError) {
    return (
      <div className="page">
        <Notice
          heading={t('home.unavailable')}
          actions={
            <button type="button" className="button button-primary" onClick={() => void home.refetch()}>
              {t('common.tryAgain')}
            </button>
          }
        >
          <p>{toMessage(home.error)}</p>
        </Notice>
      </div>
    );
  }
  if (!home.data) return <HomeSkeleton />;
  const { rows, unavailableSources } = home.data;
  const featured = selectFeatured(rows);
  return (
    <>
      {featured ? <Hero title={featured} /> : <h1 className="visually-hidden">{t('home.heading')}</h1>}
      <div className="rows">
        <Rows rows={rows.filter((row) => row.titles.length > 0)} />
        {unavailableSources.map((source) => (
          <p key={source} className="quiet-note" role="status">
            {t(`home.unavailableSources.${source}`)}
          </p>
        ))}
        {rows.length === 0 && unavailableSources.length === 0 ? (
          <p className="quiet-note">{t('home.noTitles')}</p>
        ) : null}
      </div>
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly Schema<'HomeRow'>[] }) {
  const count = useGradualCount(rows.length, INITIAL_ROWS);
  const { mutate, error } = useRemoval();
  return (
    <>
      {rows.slice(0, count).map((row) => (
        <TitleRow key={row.id} row={row} onRemove={row.id === 'continue-watching' ? mutate : undefined} />
      ))}
      <div role="alert" className="form-problem">
        {error ? <p className="quiet-note">{toMessage(error)}</p> : null}
      </div>
    </>
  );
}

/** Removes a started title from the history of the profile, so that the home page does not offer to continue it. */
function useRemoval() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Schema<'HomeTitle'>) => removeFromHistory(id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['home'] });
      // The button that had the focus no longer exists.
      document.querySelector('main')?.focus();
    },
  });
}

/** Selects the title at the top of the page: if possible, a playable one that has not been started. */
function selectFeatured(rows: readonly Schema<'HomeRow'>[]): Schema<'HomeTitle'> | undefined {
  const titles = rows.flatMap((row) => row.titles);
  const started = new Set(titles.filter((title) => title.progress).map((title) => title.id));
  const playable = titles.filter((title) => title.isPlayable);
  return playable.find((title) => !started.has(title.id)) ?? playable[0] ?? titles[0];
}

/** The outline of the page while it loads, so that the layout does not shift. */
function HomeSkeleton() {
  return (
    <div role="status">
      <span className="visually-hidden">{t('home.loading')}</span>
      <div className="hero hero-skeleton" />
      <div className="rows">
        {SKELETON_ROWS.map((row) => (
          <div className="row" key={row}>
            <div className="title-row-list">
              {SKELETON_CARDS.map((card) => (
                <div key={card} className="card-skeleton" />
              ))}
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
