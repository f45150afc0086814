import { useMutation } from '@tanstack/react-query';
import { t } from 'i18next';
import { useNavigate } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { createParty } from './party-requests.js';

export interface WatchTogetherButtonProps {
  readonly titleId: string;
  readonly profileId: string;
}

/** Opens a party and its page, where the user has joined already. */
export function WatchTogetherButton({ titleId, profileId }: WatchTogetherButtonProps) {
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: () => createParty({ titleId, profileId }),
    onSuccess: ({ code }) => navigate(`/party/${code}`, { state: { hasJoined: true } }),
  });
  return (
    <>
      <button type="button" className="button button-quiet" disabled={create.isPending} onClick={() => create.mutate()}>
        {t('party.watchTogether')}
      </button>
      {create.isError ? (
        <p className="field-error" role="alert">
          {toMessage(create.error)}
        </p>
      ) : null}
    </>
  );
}
