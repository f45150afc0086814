import { useQuery } from '@tanstack/react-query';
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
  usePageTitle(version.isError ? 'Title unavailable' : version.data && `Edit ${version.data.title.name}`);
  // A restored title is another version.
  if (version.data) return <EditTitle key={`${titleId} ${version.data.title.revision}`} initial={version.data} />;
  if (!version.isError) return <Loading />;
  if (isUnknown) return <DeletedTitle titleId={titleId} />;
  return (
    <div className="page">
      <Notice heading="Title unavailable" actions={<NoticeLink to="/editor">Choose another title</NoticeLink>}>
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
        <h1>Edit {name}</h1>
        <p className="editor-links">
          <Link to={`/titles/${id}`}>View the title</Link>
          {kind === 'film' ? (
            <Link to={`/upload?title=${id}`}>Upload a video</Link>
          ) : (
            <Link to={`/editor/titles/${id}/seasons`}>Seasons and episodes</Link>
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
            Undo
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
            <h2 id="editor-changes">Changes to save</h2>
            {isDirty ? <ChangeList changes={changes} /> : <p className="field-hint">There are no changes.</p>}
            <div role="alert" className="form-problem">
              {editor.problem === undefined ? null : <p>{toMessage(editor.problem)}</p>}
            </div>
            <div className="editor-actions">
              <button type="submit" className="button button-primary" disabled={isBusy || !isDirty}>
                Save changes
              </button>
              <button
                type="button"
                className="button button-quiet"
                disabled={isBusy || !isDirty}
                onClick={editor.discard}
              >
                Discard changes
              </button>
              <button type="button" className="link-button" disabled={isBusy} onClick={() => setDeleting(true)}>
                Delete the title
              </button>
            </div>
          </section>
        </form>
      )}
      <TitleHistory titleId={id} />
      {isDeleting ? (
        <ConfirmDialog
          heading={`Delete ${name}?`}
          confirmText="Delete"
          cancelText="Cancel"
          onCancel={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            void editor.remove();
          }}
        >
          <p>Viewers cannot find or play the title any more. You can restore it.</p>
        </ConfirmDialog>
      ) : null}
    </div>
  );
}
