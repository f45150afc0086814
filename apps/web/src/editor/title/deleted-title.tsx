import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { toMessage } from '../../api/problem-messages.js';
import { Loading } from '../../ui/loading.js';
import { Notice, NoticeLink } from '../../ui/notice.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { ChangeHistory } from '../change/change-history.js';
import { MessagePanel } from '../form/message-panel.js';
import { listTitleChanges, restoreTitle } from './title-requests.js';

/** Offers to restore a title that does not exist any more. The history distinguishes it from one that never existed. */
export function DeletedTitle({ titleId }: { readonly titleId: string }) {
  const queries = useQueryClient();
  const history = useQuery({
    queryKey: ['newest-title-changes', titleId],
    queryFn: ({ signal }) => listTitleChanges(titleId, null, signal),
    staleTime: 0,
  });
  const restore = useMutation({
    mutationFn: () => restoreTitle(titleId),
    onSuccess: (version) => {
      queries.setQueryData(['title-version', titleId], version);
      return queries.invalidateQueries({ queryKey: ['title', titleId] });
    },
  });
  usePageTitle(history.isPending ? undefined : history.isError ? t('title.notFound') : t('editor.deletedTitle'));
  if (history.isPending) return <Loading />;
  if (history.isError) {
    return (
      <div className="page">
        <Notice
          heading={t('title.notFound')}
          actions={<NoticeLink to="/editor">{t('editor.chooseAnother')}</NoticeLink>}
        >
          <p>{t('problems.TITLE_NOT_FOUND')}</p>
        </Notice>
      </div>
    );
  }
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.deletedTitle')}</h1>
      </header>
      <MessagePanel heading={t('editor.titleDeleted')}>
        <p>{t('editor.titleDeletedText')}</p>
        {restore.isError ? <p className="form-problem">{toMessage(restore.error)}</p> : null}
        <button
          type="button"
          className="button button-primary"
          disabled={restore.isPending}
          onClick={() => restore.mutate()}
        >
          {t('editor.restoreTitle')}
        </button>
      </MessagePanel>
      <ChangeHistory
        queryKey={['title-changes', titleId]}
        list={(cursor, signal) => listTitleChanges(titleId, cursor, signal)}
      />
    </div>
  );
}
