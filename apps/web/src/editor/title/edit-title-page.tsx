import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { Problem } from '../../api/problem.js';
import { Loading } from '../../ui/loading.js';
import { Notice, NoticeLink } from '../../ui/notice.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import { MessagePanel } from '../form/message-panel.js';
import { UnsavedChanges } from '../form/unsaved-changes.js';
import { ChangeList } from './change-list.js';
import { ConflictPanel } from './conflict-panel.js';
import { DeletedTitle } from './deleted-title.js';
import { toErrorOf } from './field-errors.js';
import { TitleFields } from './title-fields.js';
import { TitleHistory } from './title-history.js';
import { getVersion, type TitleVersion } from './title-requests.js';
import { useTitleEditor } from './use-title-editor.js';

export function EditTitlePage() {
  const { titleId = '' } = useParams();
  const version = useQuery({
    queryKey: ['title-version', titleId],
    queryFn: ({ signal }) => getVersion(titleId, signal),
    // The form is based on this version until it is saved.
    staleTime: Infinity,
    gcTime: 0,
  });
  const isUnknown = version.error instanceof Problem && version.error.status === 404;
  usePageTitle(
    version.isError ? t('title.unavailable') : version.data && t('editor.editName', { name: version.data.title.name }),
  );
  // A restored title is another version.
  if (version.data) return <EditTitle key={`${titleId} ${version.data.title.revision}`} initial={version.data} />;
  if (!version.isError) return <Loading />;
  if (isUnknown) return <DeletedTitle titleId={titleId} />;
  return (
    <div className="page">
      <Notice
        heading={t('title.unavailable')}
        actions={<NoticeLink to="/editor">{t('editor.chooseAnother')}</NoticeLink>}
      >
        <p>{toMessage(version.error)}</p>
      </Notice>
    </div>
  );
}

function EditTitle({ initial }: { readonly initial: TitleVersion }) {
  const editor = useTitleEditor(initial);
  const [isDeleting, setDeleting] = useState(false);
  const { version, draft, changes, conflict, saved, isBusy } = editor;
  const { id, name, kind } = version.title;
  if (editor.isDeleted) return <DeletedTitle titleId={id} />;
  const isDirty = changes.length > 0;
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.editName', { name })}</h1>
        <p className="editor-links">
          <Link to={`/titles/${id}`}>{t('editor.viewTitle')}</Link>
          {kind === 'film' ? (
            <Link to={`/upload?title=${id}`}>{t('common.uploadVideo')}</Link>
          ) : (
            <Link to={`/editor/titles/${id}/seasons`}>{t('editor.seasonsAndEpisodes')}</Link>
          )}
        </p>
      </header>
      <UnsavedChanges isDirty={isDirty} />
      {saved && !isDirty ? (
        <MessagePanel key={saved.revision} heading={saved.heading}>
          <button
            type="button"
            className="button button-quiet button-small"
            disabled={isBusy}
            onClick={() => void editor.undo()}
          >
            {t('common.undo')}
          </button>
        </MessagePanel>
      ) : null}
      {conflict ? (
        <ConflictPanel conflict={conflict} onResolve={editor.resolve} />
      ) : (
        <form
          className="editor-form"
          aria-busy={isBusy}
          onSubmit={(event) => {
            event.preventDefault();
            void editor.save();
          }}
        >
          <TitleFields draft={draft} isNew={false} errorOf={toErrorOf(editor.problem)} onChange={editor.edit} />
          <section className="panel" aria-labelledby="editor-changes">
            <h2 id="editor-changes">{t('editor.changesToSave')}</h2>
            {isDirty ? <ChangeList changes={changes} /> : <p className="field-hint">{t('editor.noChanges')}</p>}
            <div role="alert" className="form-problem">
              {editor.problem === undefined ? null : <p>{toMessage(editor.problem)}</p>}
            </div>
            <div className="editor-actions">
              <button type="submit" className="button button-primary" disabled={isBusy || !isDirty}>
                {t('editor.save')}
              </button>
              <button
                type="button"
                className="button button-quiet"
                disabled={isBusy || !isDirty}
                onClick={editor.discard}
              >
                {t('editor.discard')}
              </button>
              <button type="button" className="link-button" disabled={isBusy} onClick={() => setDeleting(true)}>
                {t('editor.deleteTitle')}
              </button>
            </div>
          </section>
        </form>
      )}
      <TitleHistory titleId={id} />
      {isDeleting ? (
        <ConfirmDialog
          heading={t('editor.deleteName', { name })}
          confirmText={t('common.delete')}
          cancelText={t('common.cancel')}
          onCancel={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            void editor.remove();
          }}
        >
          <p>{t('editor.deleteText')}</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
