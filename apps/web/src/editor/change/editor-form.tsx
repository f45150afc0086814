import { t } from 'i18next';
import { useState, type ReactNode } from 'react';
import { toMessage } from '../../api/problem-messages.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { MessagePanel } from '../form/message-panel.js';
import { UnsavedChanges } from '../form/unsaved-changes.js';
import { ChangeList } from './change-list.js';
import { ConflictPanel } from './conflict-panel.js';
import type { Editor } from './use-editor.js';

export interface EditorFormProps {
  readonly editor: Omit<Editor, 'edit'>;
  /** The fields. */
  readonly children: ReactNode;
  /** Names the content that a save would delete. */
  readonly warning?: string | undefined;
  /** Undefined if the resource cannot be deleted. */
  readonly deletion?: { readonly button: string; readonly heading: string; readonly text: string };
}

/** The form of a resource. Lists unsaved changes, offers to undo a save, and shows conflicts with other editors. */
export function EditorForm({ editor, children, warning, deletion }: EditorFormProps) {
  const { changes, conflict, saved, isBusy, problem } = editor;
  const [isDeleting, setDeleting] = useState(false);
  const isDirty = changes.length > 0;
  return (
    <>
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
          {children}
          <section className="panel" aria-labelledby="editor-changes">
            <h2 id="editor-changes">{t('editor.changesToSave')}</h2>
            {isDirty ? <ChangeList changes={changes} /> : <p className="field-hint">{t('editor.noChanges')}</p>}
            {warning === undefined ? null : <p className="form-problem">{warning}</p>}
            <div role="alert" className="form-problem">
              {problem === undefined ? null : <p>{toMessage(problem)}</p>}
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
              {deletion ? (
                <button type="button" className="link-button" disabled={isBusy} onClick={() => setDeleting(true)}>
                  {deletion.button}
                </button>
              ) : null}
            </div>
          </section>
        </form>
      )}
      {deletion && isDeleting ? (
        <ConfirmDialog
          heading={deletion.heading}
          confirmText={t('common.delete')}
          cancelText={t('common.cancel')}
          onCancel={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            void editor.remove();
          }}
        >
          <p>{deletion.text}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
