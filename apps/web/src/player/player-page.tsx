import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, Navigate, useParams, useSearchParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { Problem, type ProblemCode } from '../api/problem.js';
import { signInPath } from '../session/return-path.js';
import { useProfileId, useSession } from '../session/use-session.js';
import { getTitle } from '../title/titles.js';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { PlayerScreen } from './player-screen.js';

const HEADINGS: Partial<Readonly<Record<ProblemCode, string>>> = {
  TITLE_NOT_PLAYABLE: 'No video yet',
  STREAM_LIMIT_REACHED: 'Too many active streams',
  NETWORK: 'Connection lost',
  PLAYBACK_UNSUPPORTED: 'Browser not supported',
};

export function PlayerPage() {
  const { titleId = '' } = useParams();
  const [search] = useSearchParams();
  const { status } = useSession();
  const profileId = useProfileId();
  const [playerProblem, setPlayerProblem] = useState<unknown>();
  const title = useQuery({ queryKey: ['title', titleId], queryFn: ({ signal }) => getTitle(titleId, signal) });
  const problem = playerProblem ?? title.error;
  usePageTitle(problem ? 'Playback problem' : title.data?.name);

  if (status === 'signed-out') return <Navigate to={signInPath(`/watch/${titleId}?${search.toString()}`)} replace />;
  if (problem) {
    const retry = (): void => (playerProblem ? setPlayerProblem(undefined) : void title.refetch());
    return <PlayerProblem titleId={titleId} problem={problem} onRetry={retry} />;
  }
  return (
    <main className="player">
      {title.data && profileId !== undefined ? (
        <PlayerScreen
          titleId={titleId}
          videoId={search.get('episode') ?? titleId}
          name={title.data.name}
          profileId={profileId}
          onProblem={setPlayerProblem}
        />
      ) : (
        <Loading />
      )}
    </main>
  );
}

interface PlayerProblemProps {
  readonly titleId: string;
  readonly problem: unknown;
  readonly onRetry: () => void;
}

function PlayerProblem({ titleId, problem, onRetry }: PlayerProblemProps) {
  const code = problem instanceof Problem ? problem.code : undefined;
  if (code === 'TITLE_NOT_FOUND') {
    return (
      <main className="page">
        <Notice heading="Title not found" actions={<NoticeLink to="/browse">Browse titles</NoticeLink>}>
          <p>{toMessage(problem)}</p>
        </Notice>
      </main>
    );
  }
  return (
    <main className="page">
      <Notice
        heading={(code && HEADINGS[code]) ?? 'Playback failed'}
        actions={
          <>
            <button type="button" className="button button-primary" onClick={onRetry}>
              Try again
            </button>
            <Link className="button button-quiet" to={`/titles/${titleId}`}>
              Back
            </Link>
          </>
        }
      >
        <p>{toMessage(problem)}</p>
      </Notice>
    </main>
  );
}
