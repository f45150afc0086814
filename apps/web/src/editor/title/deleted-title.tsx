import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toMessage } from '../../api/problem-messages.js';
import { Loading } from '../../ui/loading.js';
import { Notice, NoticeLink } from '../../ui/notice.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { MessagePanel } from '../form/message-panel.js';
import { TitleHistory } from './title-history.js';
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
  usePageTitle(history.isPending ? undefined : history.isError ? 'Title not found' : 'Deleted title');
  if (history.isPending) return <Loading />;
  if (history.isError) {
    return (
      <div className="page">
        <Notice heading="Title not found" actions={<NoticeLink to="/editor">Choose another title</NoticeLink>}>
          <p>This title is not in the catalog.</p>
        </Notice>
      </div>
    );
  }
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>Deleted title</h1>
      </header>
      <MessagePanel heading="The title was deleted">
        <p>Viewers cannot find or play it any more.</p>
        {restore.isError ? <p className="form-problem">{toMessage(restore.error)}</p> : null}
        <button
          type="button"
          className="button button-primary"
          disabled={restore.isPending}
          onClick={() => restore.mutate()}
        >
          Restore the title
        </button>
      </MessagePanel>
      <TitleHistory titleId={titleId} />
    </div>
  );
}
