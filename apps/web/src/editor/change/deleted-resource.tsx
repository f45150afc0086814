import { useMutation, useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toMessage } from '../../api/problem-messages.js';
import { Loading } from '../../ui/loading.js';
import { Notice, NoticeLink } from '../../ui/notice.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { ChangeHistory } from './change-history.js';
import { MessagePanel } from '../form/message-panel.js';

export interface DeletedResourceProps {
  /** Identifies the resource in query keys. */
  readonly resource: string;
  readonly texts: {
    readonly pageTitle: string;
    readonly heading: string;
    readonly text: string;
    readonly button: string;
    /** Shown if the resource has never existed. */
    readonly notFound: string;
    readonly notFoundText: string;
  };
  readonly listChanges: (cursor: string | null, signal: AbortSignal) => Promise<Schema<'ChangePage'>>;
  readonly restore: () => Promise<unknown>;
}

/** Offers to restore a deleted resource. Its history distinguishes it from one that never existed. */
export function DeletedResource({ resource, texts, listChanges, restore }: DeletedResourceProps) {
  const history = useQuery({
    queryKey: ['newest-changes', resource],
    queryFn: ({ signal }) => listChanges(null, signal),
    staleTime: 0,
  });
  const restoring = useMutation({ mutationFn: restore });
  usePageTitle(history.isPending ? undefined : history.isError ? texts.notFound : texts.pageTitle);
  if (history.isPending) return <Loading />;
  if (history.isError) {
    return (
      <div className="page">
        <Notice heading={texts.notFound} actions={<NoticeLink to="/editor">{t('editor.chooseAnother')}</NoticeLink>}>
          <p>{texts.notFoundText}</p>
        </Notice>
      </div>
    );
  }
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{texts.pageTitle}</h1>
      </header>
      <MessagePanel heading={texts.heading}>
        <p>{texts.text}</p>
        {restoring.isError ? <p className="form-problem">{toMessage(restoring.error)}</p> : null}
        <button
          type="button"
          className="button button-primary"
          disabled={restoring.isPending}
          onClick={() => restoring.mutate()}
        >
          {texts.button}
        </button>
      </MessagePanel>
      <ChangeHistory queryKey={['changes', resource]} list={listChanges} />
    </div>
  );
}
