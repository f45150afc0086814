import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { Link } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { formatMoment } from '../../language/format.js';
import { CURSOR_PAGES } from '../../ui/cursor-pages.js';
import { Loading } from '../../ui/loading.js';
import { NextPageButton } from '../../ui/next-page-button.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { MessagePanel } from '../form/message-panel.js';
import { listDeletions, restore, toEditorPath } from './deletions.js';

/** The deleted titles and people, the latest deletion first, each with a button that restores it. */
export function DeletionsPage() {
  usePageTitle(t('editor.deletions.heading'));
  const queries = useQueryClient();
  const pages = useInfiniteQuery({
    queryKey: ['deletions'],
    queryFn: ({ pageParam, signal }) => listDeletions(pageParam, signal),
    ...CURSOR_PAGES,
  });
  const restoring = useMutation({
    mutationFn: restore,
    // All lists can contain the resource again.
    onSuccess: () => queries.invalidateQueries(),
  });
  const { data, error } = pages;
  const deletions = data?.pages.flatMap((page) => page.deletions) ?? [];
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.deletions.heading')}</h1>
        <p>{t('editor.deletions.lead')}</p>
      </header>
      {restoring.isSuccess ? (
        <MessagePanel
          key={restoring.variables.id}
          heading={t('editor.deletions.restored', { name: restoring.variables.name })}
        >
          <p className="editor-links">
            <Link to={toEditorPath(restoring.variables)}>
              {t('editor.editName', { name: restoring.variables.name })}
            </Link>
          </p>
        </MessagePanel>
      ) : null}
      <section className="panel" aria-label={t('editor.deletions.list')}>
        {error ? <p className="form-problem">{toMessage(error)}</p> : null}
        <div role="alert" className="form-problem">
          {restoring.isError ? <p>{toMessage(restoring.error)}</p> : null}
        </div>
        {data === undefined && !error ? <Loading /> : null}
        {data && deletions.length === 0 ? <p className="field-hint">{t('editor.deletions.none')}</p> : null}
        <ul className="deletion-list">
          {deletions.map((deletion) => (
            <li key={deletion.id}>
              <DeletedItem
                deletion={deletion}
                isBusy={restoring.isPending}
                onRestore={() => restoring.mutate(deletion)}
              />
            </li>
          ))}
        </ul>
        <div className="editor-actions">
          <NextPageButton pages={pages} text={t('editor.deletions.earlier')} />
        </div>
      </section>
    </div>
  );
}

interface DeletedItemProps {
  readonly deletion: Schema<'Deletion'>;
  readonly isBusy: boolean;
  readonly onRestore: () => void;
}

function DeletedItem({ deletion, isBusy, onRestore }: DeletedItemProps) {
  const { kind, name, releaseYear, deletedAt } = deletion;
  const kindName = kind === 'person' ? t('editor.deletions.person') : t(`editor.${kind}`);
  const facts = [kindName, releaseYear, t('editor.deletions.deletedAt', { moment: formatMoment(deletedAt) })];
  return (
    <>
      <p className="editor-links">
        <Link to={toEditorPath(deletion)}>{name}</Link>{' '}
        <span className="field-hint">{facts.filter((fact) => fact !== null).join(' · ')}</span>
      </p>
      <button
        type="button"
        className="button button-quiet button-small"
        disabled={isBusy}
        aria-label={t('editor.deletions.restoreName', { name })}
        onClick={onRestore}
      >
        {t('editor.deletions.restore')}
      </button>
    </>
  );
}
