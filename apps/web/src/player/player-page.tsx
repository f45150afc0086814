import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { Problem } from '../api/problem.js';
import { useProfileId } from '../session/use-session.js';
import { getTitle } from '../title/titles.js';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { PlayerScreen } from './player-screen.js';

const HEADINGS = ['TITLE_NOT_PLAYABLE', 'STREAM_LIMIT_REACHED', 'NETWORK', 'PLAYBACK_UNSUPPORTED'] as const;

export function PlayerPage() {
  const { titleId = '' } = useParams();
  const [search] = useSearchParams();
  const profileId = useProfileId();
  const [playerProblem, setPlayerProblem] = useState<unknown>();
  const title = useQuery({ queryKey: ['title', titleId], queryFn: ({ signal }) => getTitle(titleId, signal) });
  const problem = playerProblem ?? title.error;
  usePageTitle(problem ? t('player.problem') : title.data?.name);

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
  const known = HEADINGS.find((each) => each === code);
  if (code === 'TITLE_NOT_FOUND') {
    return (
      <main className="page">
        <Notice
          heading={t('title.notFound')}
          actions={<NoticeLink to="/browse">{t('common.browseTitles')}</NoticeLink>}
        >
          <p>{toMessage(problem)}</p>
        </Notice>
      </main>
    );
  }
  return (
    <main className="page">
      <Notice
        heading={known === undefined ? t('player.failed') : t(`player.headings.${known}`)}
        actions={
          <>
            <button type="button" className="button button-primary" onClick={onRetry}>
              {t('common.tryAgain')}
            </button>
            <Link className="button button-quiet" to={`/titles/${titleId}`}>
              {t('common.back')}
            </Link>
          </>
        }
      >
        <p>{toMessage(problem)}</p>
      </Notice>
    </main>
  );
}
