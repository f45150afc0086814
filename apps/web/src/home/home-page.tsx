import { useQuery } from '@tanstack/react-query';
import { sentenceOf } from '../api/problem.js';
import { getHome } from '../api/titles.js';
import { useProfileId, useSession } from '../session/use-session.js';
import { Notice } from '../shell/notice.js';
import { usePageTitle } from '../shell/page-title.js';
import { Hero } from './hero.js';
import { HomeSkeleton } from './home-skeleton.js';
import { featuredOf } from './featured.js';
import { TitleRow } from './title-row.js';

/** What a person misses, by the name of the source that did not answer. */
const MISSING: Readonly<Record<string, string>> = {
  user: 'Your own rows are resting for a moment. The films are all here.',
  catalog: 'Most of the catalogue did not answer just now. Try again in a moment.',
};

export function HomePage() {
  usePageTitle();
  const session = useSession();
  const profileId = useProfileId();
  const home = useQuery({
    queryKey: ['home', profileId],
    queryFn: ({ signal }) => getHome(profileId, signal),
    enabled: session.status !== 'unknown',
    // Coming back from the player must show how far one is.
    staleTime: 0,
  });

  if (home.isError) {
    return (
      <div className="page">
        <Notice
          heading="The lobby is dark"
          actions={
            <button type="button" className="button button-primary" onClick={() => void home.refetch()}>
              Try again
            </button>
          }
        >
          <p>{sentenceOf(home.error)}</p>
        </Notice>
      </div>
    );
  }
  if (!home.data) return <HomeSkeleton />;
  const { rows, unavailableSources } = home.data;
  const featured = featuredOf(rows);
  return (
    <>
      {featured ? <Hero title={featured} /> : <h1 className="visually-hidden">Viernes</h1>}
      <div className="rows">
        {rows
          .filter((row) => row.titles.length > 0)
          .map((row) => (
            <TitleRow key={row.id} row={row} />
          ))}
        {unavailableSources.map((source) => (
          <p key={source} className="quiet-note" role="status">
            {MISSING[source] ?? 'A part of this page did not answer just now.'}
          </p>
        ))}
        {rows.length === 0 && unavailableSources.length === 0 ? (
          <p className="quiet-note">The catalogue is empty so far.</p>
        ) : null}
      </div>
    </>
  );
}
