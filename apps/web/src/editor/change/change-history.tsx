import { useInfiniteQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toMessage } from '../../api/problem-messages.js';
import { formatMoment } from '../../language/format.js';
import { useSession } from '../../session/use-session.js';
import { CURSOR_PAGES } from '../../ui/cursor-pages.js';
import { NextPageButton } from '../../ui/next-page-button.js';
import { ChangeList } from './change-list.js';

export interface ChangeHistoryProps {
  readonly queryKey: readonly unknown[];
  readonly list: (cursor: string | null, signal: AbortSignal) => Promise<Schema<'ChangePage'>>;
}

/** The changes of a title, season, or person, newest first. */
export function ChangeHistory({ queryKey, list }: ChangeHistoryProps) {
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => list(pageParam, signal),
    ...CURSOR_PAGES,
  });
  const { data, error } = pages;
  const changes = data?.pages.flatMap((page) => page.changes) ?? [];
  if (data && changes.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="editor-history">
      <h2 id="editor-history">{t('editor.history.heading')}</h2>
      {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      <ol className="change-history">
        {changes.map((change) => (
          <li key={change.revision}>
            <Heading change={change} />
            {change.action === 'created' ? null : <ChangeList changes={change.fields as ChangeFields} />}
          </li>
        ))}
      </ol>
      <NextPageButton pages={pages} text={t('editor.history.earlier')} />
    </section>
  );
}

type ChangeFields = readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];

function toAccountText(accountId: string | null, ownId: string | undefined): string {
  if (accountId === null) return t('editor.history.deletedAccount');
  return accountId === ownId ? t('editor.history.you') : t('editor.history.account', { id: accountId.slice(0, 8) });
}

function Heading({ change: { action, accountId, changedAt } }: { readonly change: Schema<'Change'> }) {
  const session = useSession();
  const ownId = session.status === 'signed-in' ? session.session.account.id : undefined;
  return (
    <h3>
      {t(`editor.history.${action}`, { account: toAccountText(accountId, ownId) })}{' '}
      <time dateTime={changedAt}>{formatMoment(changedAt)}</time>
    </h3>
  );
}
