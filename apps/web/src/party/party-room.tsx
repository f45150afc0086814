import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { Link } from 'react-router';
import { PlayerScreen } from '../player/player-screen.js';
import { PartyChat } from './party-chat.js';
import { PartyLink } from './party-link.js';
import { PartyParticipants } from './party-participants.js';
import { useParty } from './use-party.js';

export interface PartyRoomProps {
  readonly party: Schema<'Party'>;
  readonly name: string;
  readonly profileId: string;
  readonly onProblem: (problem: unknown) => void;
}

/** The player of a participant, with the list of participants and the chat. */
export function PartyRoom({ party, name, profileId, onProblem }: PartyRoomProps) {
  const { view, attachAndSyncVideo, ...actions } = useParty(party.code, onProblem);
  const { state } = view;
  const isHost = state !== undefined && state.hostId === state.selfId;
  const host = state?.participants.find(({ id }) => id === state.hostId);
  return (
    <main className="party">
      <div className="party-player">
        <PlayerScreen
          titleId={party.titleId}
          videoId={party.videoId}
          name={name}
          profileId={profileId}
          onProblem={onProblem}
          party={{ isHost, attachAndSyncVideo }}
        />
      </div>
      <aside className="party-panel" aria-label={t('party.heading')}>
        <p className="party-status" role="status" data-testid="party-status" data-connected={view.isConnected}>
          {view.isConnected
            ? isHost
              ? t('party.youControl')
              : t('party.follows', { name: host?.name ?? '' })
            : t('party.connecting')}
        </p>
        <PartyLink />
        {state ? <PartyParticipants state={state} onHandOver={actions.handOver} /> : null}
        <PartyChat view={view} onWrite={actions.write} onReact={actions.react} />
        <Link className="button button-quiet button-small" to={`/titles/${party.titleId}`} onClick={actions.leave}>
          {t('party.leave')}
        </Link>
      </aside>
    </main>
  );
}
