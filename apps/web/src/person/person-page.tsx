import { useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useId } from 'react';
import { Link, useParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { Problem } from '../api/problem.js';
import { useIsEditor } from '../session/use-session.js';
import { TitleGrid } from '../title/title-grid.js';
import { listTitles } from '../title/titles.js';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { getPerson } from './person-requests.js';
import './person-page.css';

const PAGE_SIZE = 24;

export function PersonPage() {
  const { personId = '' } = useParams();
  const person = useQuery({
    queryKey: ['person', personId],
    queryFn: ({ signal }) => getPerson(personId, signal),
    staleTime: 0,
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
  const isEditor = useIsEditor();
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
        <div className="person-actions">
          {titleCount > 1 ? (
            <Link className="button button-quiet button-small" to={`/browse?person=${id}`}>
              {t('person.filterTitles')}
            </Link>
          ) : null}
          {isEditor ? (
            <Link className="button button-quiet button-small" to={`/editor/people/${id}`}>
              {t('person.edit')}
            </Link>
          ) : null}
        </div>
      </header>
      {roles.map((role) => (
        <TitlesOfRole key={role} personId={id} role={role} />
      ))}
    </div>
  );
}

interface TitlesOfRoleProps {
  readonly personId: string;
  readonly role: Schema<'Credit'>['role'];
}

/** The newest titles in which the person has the role. The browse page lists all of them. */
function TitlesOfRole({ personId, role }: TitlesOfRoleProps) {
  const headingId = useId();
  const titles = useQuery({
    queryKey: ['titles', { person: personId, role }],
    queryFn: ({ signal }) => listTitles({ person: personId, role }, null, PAGE_SIZE, signal),
  });
  const heading = t(`person.roles.${role}`);
  return (
    <section className="person-role" aria-labelledby={headingId}>
      <h2 id={headingId}>{heading}</h2>
      {titles.isError ? <p className="quiet-note person-problem">{toMessage(titles.error)}</p> : null}
      <TitleGrid
        label={heading}
        pages={titles.data ? [titles.data] : []}
        isPending={titles.isPending}
        isFetching={titles.isFetching}
        isFetchingMore={false}
        onMore={undefined}
      />
      {titles.data?.nextCursor ? (
        <Link className="button button-quiet button-small" to={`/browse?person=${personId}&role=${role}`}>
          {t('person.allTitles')} <span className="visually-hidden">{heading}</span>
        </Link>
      ) : null}
    </section>
  );
}
