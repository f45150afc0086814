import { useMutation } from '@tanstack/react-query';
import { t } from 'i18next';
import { useNavigate } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { readData } from '../api/problem.js';
import { edge } from '../session/edge-client.js';

export interface WatchTogetherButtonProps {
  readonly titleId: string;
  readonly profileId: string;
}

/** Creates a watch party, and opens its page with the user as a participant. */
export function WatchTogetherButton({ titleId, profileId }: WatchTogetherButtonProps) {
  const navigate = useNavigate();
  const create = useMutation({
    mutationFn: () => readData(edge.POST('/v1/parties', { body: { titleId, profileId } })),
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
