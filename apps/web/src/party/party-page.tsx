import { useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useEffect, useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { useProfileId } from '../session/use-session.js';
import { getTitle } from '../title/titles.js';
import { Loading } from '../ui/loading.js';
import { Notice, NoticeLink } from '../ui/notice.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { getParty } from './party-requests.js';
import { PartyRoom } from './party-room.js';
import './party.css';

/** The page that the link of a party opens. */
export function PartyPage() {
  const { code = '' } = useParams();
  const profileId = useProfileId();
  const party = useQuery({
    queryKey: ['party', code],
    queryFn: () => getParty(code),
    enabled: profileId !== undefined,
  });
  usePageTitle(party.isError ? t('party.problem') : t('party.heading'));
  // A failed refresh does not end a party.
  if (party.data && profileId !== undefined) return <Party party={party.data} profileId={profileId} />;
  return party.error ? <PartyProblem problem={party.error} /> : <Loading />;
}

function PartyProblem({ problem }: { readonly problem: unknown }) {
  return (
    <main className="page">
      <Notice heading={t('party.problem')} actions={<NoticeLink to="/browse">{t('common.browseTitles')}</NoticeLink>}>
        <p>{toMessage(problem)}</p>
      </Notice>
    </main>
  );
}

function Party({ party, profileId }: { readonly party: Schema<'Party'>; readonly profileId: string }) {
  const { titleId } = party;
  const { state } = useLocation() as { readonly state: { readonly hasJoined?: boolean } | null };
  const [hasJoined, setHasJoined] = useState(state?.hasJoined === true);
  const [problem, setProblem] = useState<unknown>();
  const navigate = useNavigate();
  // The state would survive a reload, after which browsers play no sound without another gesture.
  useEffect(() => {
    if (state?.hasJoined) void navigate('.', { replace: true, state: null });
  }, [state, navigate]);
  const title = useQuery({ queryKey: ['title', titleId], queryFn: ({ signal }) => getTitle(titleId, signal) });
  if (problem) return <PartyProblem problem={problem} />;
  if (!title.data) return title.error ? <PartyProblem problem={title.error} /> : <Loading />;
  const { name } = title.data;
  if (hasJoined) return <PartyRoom party={party} name={name} profileId={profileId} onProblem={setProblem} />;
  return (
    <main className="page party-lobby">
      <p className="eyebrow">{t('party.heading')}</p>
      <h1 className="display">{name}</h1>
      <p>{t('party.participantCount', { count: party.participantCount })}</p>
      <p>{t('party.joinHint')}</p>
      <div className="title-actions">
        {/* Browsers play sound only after a gesture of the user. */}
        <button type="button" className="button button-primary" onClick={() => setHasJoined(true)}>
          {t('party.join')}
        </button>
        <Link className="button button-quiet" to={`/titles/${titleId}`}>
          {t('common.back')}
        </Link>
      </div>
    </main>
  );
}
