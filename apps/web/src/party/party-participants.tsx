import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';

export interface PartyParticipantsProps {
  readonly state: Schema<'PartyState'>;
  readonly onHandOver: (participantId: string) => void;
}

export function PartyParticipants({ state, onHandOver }: PartyParticipantsProps) {
  const { participants, hostId, selfId } = state;
  return (
    <section aria-labelledby="party-participants">
      <h2 id="party-participants">{t('party.participantCount', { count: participants.length })}</h2>
      <ul className="party-participants">
        {participants.map(({ id, name }) => (
          <li key={id}>
            <span className="party-name">{name}</span>
            {id === selfId ? <span className="party-tag">{t('party.you')}</span> : null}
            {id === hostId ? <span className="party-tag">{t('party.host')}</span> : null}
            {hostId === selfId && id !== selfId ? (
              <button type="button" className="link-button" onClick={() => onHandOver(id)}>
                {t('party.makeHost', { name })}
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
