import { useInfiniteQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { toMessage } from '../../api/problem-messages.js';
import { useSession } from '../../session/use-session.js';
import { ChangeList } from './change-list.js';
import { listTitleChanges } from './title-requests.js';

const ACTIONS: Readonly<Record<Schema<'TitleChange'>['action'], string>> = {
  created: 'Created',
  replaced: 'Changed',
  deleted: 'Deleted',
  restored: 'Restored',
};

/** Who changed the title, when, and how. Newest first. */
export function TitleHistory({ titleId }: { readonly titleId: string }) {
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: ['title-changes', titleId],
    queryFn: ({ pageParam, signal }) => listTitleChanges(titleId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    staleTime: 0,
  });
  const changes = data?.pages.flatMap((page) => page.changes) ?? [];
  return (
    <section className="panel" aria-labelledby="editor-history">
      <h2 id="editor-history">History</h2>
      {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      <ol className="title-history">
        {changes.map((change) => (
          <li key={change.revision}>
            <Heading change={change} />
            {change.action === 'created' ? null : <ChangeList changes={change.fields as ChangeFields} />}
          </li>
        ))}
      </ol>
      {hasNextPage ? (
        <button
          type="button"
          className="button button-quiet button-small"
          disabled={isFetching}
          onClick={() => void fetchNextPage()}
        >
          Show earlier changes
        </button>
      ) : null}
    </section>
  );
}

type ChangeFields = readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];

function Heading({ change: { action, accountId, changedAt } }: { readonly change: Schema<'TitleChange'> }) {
  const session = useSession();
  const isOwn = session.status === 'signed-in' && session.session.account.id === accountId;
  return (
    <h3>
      {ACTIONS[action]} by {isOwn ? 'you' : `account ${accountId.slice(0, 8)}`}{' '}
      <time dateTime={changedAt}>
        {new Date(changedAt).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}
      </time>
    </h3>
  );
}
