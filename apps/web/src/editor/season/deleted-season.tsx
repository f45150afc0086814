import { useMutation, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useNavigate } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { MessagePanel } from '../form/message-panel.js';
import { restoreSeason } from './season-requests.js';

export interface DeletedSeasonProps {
  readonly titleId: string;
  readonly number: number;
}

/** Offers to restore a season right after its deletion. */
export function DeletedSeason({ titleId, number }: DeletedSeasonProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const restore = useMutation({
    mutationFn: () => restoreSeason(titleId, number),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['seasons', titleId] });
      await navigate(`/editor/titles/${titleId}/seasons/${number}`, { replace: true });
    },
  });
  return (
    <MessagePanel heading={t('editor.seasons.deleted', { number })}>
      {restore.isError ? <p className="form-problem">{toMessage(restore.error)}</p> : null}
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={restore.isPending}
        onClick={() => restore.mutate()}
      >
        {t('common.undo')}
      </button>
    </MessagePanel>
  );
}
