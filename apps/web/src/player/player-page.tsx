import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useParams } from 'react-router';
import { Problem, sentenceOf } from '../api/problem.js';
import { getTitle } from '../api/titles.js';
import { useProfileId, useSession } from '../session/use-session.js';
import { Notice } from '../shell/notice.js';
import { usePageTitle } from '../shell/page-title.js';
import { Waiting } from '../shell/waiting.js';
import { FilmScreen } from './film-screen.js';

const HEADINGS: Readonly<Record<string, string>> = {
  TITLE_NOT_PLAYABLE: 'Nothing to play yet',
  STREAM_LIMIT_REACHED: 'Every seat is taken',
  TITLE_NOT_FOUND: 'Not in the catalogue',
  NETWORK: 'The film stopped arriving',
};

export function PlayerPage() {
  const { titleId = '' } = useParams();
  const { status } = useSession();
  const profileId = useProfileId();
  const [problem, setProblem] = useState<unknown>();
  const title = useQuery({ queryKey: ['title', titleId], queryFn: ({ signal }) => getTitle(titleId, signal) });
  usePageTitle(title.data?.name);

  if (status === 'signed-out')
    return <Navigate to={`/sign-in?return=${encodeURIComponent(`/watch/${titleId}`)}`} replace />;
  const fault = problem ?? title.error;
  if (fault)
    return (
      <PlayerProblem
        titleId={titleId}
        problem={fault}
        onRetry={() => (problem ? setProblem(undefined) : void title.refetch())}
      />
    );
  if (!title.data || profileId === undefined) return <Waiting />;
  return (
    <main className="player">
      <FilmScreen titleId={titleId} name={title.data.name} profileId={profileId} onProblem={setProblem} />
    </main>
  );
}

function PlayerProblem({
  titleId,
  problem,
  onRetry,
}: {
  readonly titleId: string;
  readonly problem: unknown;
  readonly onRetry: () => void;
}) {
  const code = problem instanceof Problem ? problem.code : '';
  return (
    <main className="page">
      <Notice
        heading={HEADINGS[code] ?? 'The projector stopped'}
        actions={
          <>
            <button type="button" className="button button-primary" onClick={onRetry}>
              Try again
            </button>
            <Link className="button button-quiet" to={code === 'TITLE_NOT_FOUND' ? '/browse' : `/titles/${titleId}`}>
              Back
            </Link>
          </>
        }
      >
        <p>{sentenceOf(problem)}</p>
      </Notice>
    </main>
  );
}
