import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { Link, useParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { Problem } from '../api/problem.js';
import { TitleGrid } from '../title/title-grid.js';
import { listTitles } from '../title/titles.js';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { getPerson } from './people.js';
import './person-page.css';

const PAGE_SIZE = 48;

export function PersonPage() {
  const { personId = '' } = useParams();
  const person = useQuery({
    queryKey: ['person', personId],
    queryFn: ({ signal }) => getPerson(personId, signal),
  });
  usePageTitle(person.isError ? t('person.unavailable') : person.data?.name);
  if (person.isError) return <PersonProblem problem={person.error} />;
  return person.data ? <PersonDetails person={person.data} /> : <Loading />;
}

function PersonProblem({ problem }: { readonly problem: Error }) {
  const isUnknown = problem instanceof Problem && (problem.status === 404 || problem.status === 400);
  return (
    <div className="page">
      <Notice
        heading={isUnknown ? t('person.notFound') : t('person.unavailable')}
        actions={<NoticeLink to="/browse">{t('common.browseTitles')}</NoticeLink>}
      >
        <p>{isUnknown ? t('person.notFoundText') : toMessage(problem)}</p>
      </Notice>
    </div>
  );
}

function PersonDetails({ person }: { readonly person: Schema<'Person'> }) {
  const { id, name, roles, titleCount } = person;
  const titles = useInfiniteQuery({
    queryKey: ['titles', { person: id }],
    queryFn: ({ pageParam, signal }) => listTitles({ person: id }, pageParam, PAGE_SIZE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  return (
    <div className="page person-page">
      <header className="person-head">
        <h1 className="display">{name}</h1>
        <p className="facts">
          {roles.map((role) => (
            <span key={role}>{t(`roles.${role}`)}</span>
          ))}
          <span>{t('common.titleCount', { count: titleCount })}</span>
        </p>
        {titleCount > 1 ? (
          <Link className="button button-quiet button-small" to={`/browse?person=${id}`}>
            {t('person.filterTitles')}
          </Link>
        ) : null}
      </header>
      {titles.isError ? <p className="quiet-note person-problem">{toMessage(titles.error)}</p> : null}
      <TitleGrid
        pages={titles.data?.pages ?? []}
        isPending={titles.isPending}
        isFetching={titles.isFetching}
        isFetchingMore={titles.isFetchingNextPage}
        onMore={titles.hasNextPage && !titles.isFetchNextPageError ? () => void titles.fetchNextPage() : undefined}
      />
    </div>
  );
}
