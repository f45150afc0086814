import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useRef, useState } from 'react';
import { toMessage } from '../api/problem-messages.js';
import { useProfileId } from '../session/use-session.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { CURSOR_PAGES } from '../ui/cursor-pages.js';
import { NextPageButton } from '../ui/next-page-button.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { HistoryEntry } from './history-entry.js';
import { listHistory, removeFromHistory } from './history-requests.js';
import './history.css';

/** The watch history of the profile. Users can remove one entry or clear the history. */
export function HistoryPage() {
  const profileId = useProfileId();
  const queries = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isClearing, setClearing] = useState(false);
  const history = useInfiniteQuery({
    queryKey: ['history'],
    queryFn: ({ pageParam, signal }) => listHistory(pageParam, signal),
    ...CURSOR_PAGES,
    enabled: profileId !== undefined,
  });
  const removal = useMutation({
    mutationFn: removeFromHistory,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['history'] });
      // The focused button was removed with its entry.
      heading.current?.focus();
    },
  });
  usePageTitle(t('history.heading'));
  const entries = history.data?.pages.flatMap((page) => page.entries) ?? [];
  const problem = history.error ?? removal.error;
  return (
    <div className="page history">
      <div className="history-head">
        <h1 ref={heading} tabIndex={-1}>
          {t('history.heading')}
        </h1>
        {entries.length > 0 ? (
          <button type="button" className="button button-quiet button-small" onClick={() => setClearing(true)}>
            {t('history.clear')}
          </button>
        ) : null}
      </div>
      <div role="status">
        {history.isSuccess && entries.length === 0 && !history.hasNextPage ? <p>{t('history.empty')}</p> : null}
        {problem ? <p className="form-problem">{toMessage(problem)}</p> : null}
      </div>
      <ol className="history-list">
        {entries.map((entry) => (
          <HistoryEntry
            key={entry.episode?.id ?? entry.title.id}
            entry={entry}
            isBusy={removal.isPending}
            onRemove={(id) => removal.mutate(id)}
          />
        ))}
      </ol>
      <NextPageButton pages={history} text={t('history.earlier')} />
      {isClearing ? (
        <ConfirmDialog
          heading={t('history.clearQuestion')}
          confirmText={t('history.clearConfirm')}
          cancelText={t('common.cancel')}
          onCancel={() => setClearing(false)}
          onConfirm={() => {
            setClearing(false);
            removal.mutate(undefined);
          }}
        >
          <p>{t('history.clearText')}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
