import { useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { invalidateTitle } from '../../title/title-queries.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { AFTER_SAVE, UnsavedChanges } from '../form/unsaved-changes.js';
import { toErrorOf } from '../form/field-errors.js';
import { compareFields } from '../change/field-changes.js';
import { toDraft, toInput, type TitleInput } from './title-draft.js';
import { TitleFields } from './title-fields.js';
import { createTitle } from './title-requests.js';

const EMPTY_TITLE: TitleInput = { kind: 'film', name: '' };

export function NewTitlePage() {
  usePageTitle(t('editor.newTitle'));
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => toDraft(EMPTY_TITLE));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const { title } = await createTitle(toInput(draft));
      invalidateTitle(queries, title.id);
      await navigate(`/editor/titles/${title.id}`, { replace: true, state: AFTER_SAVE });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.newTitle')}</h1>
      </header>
      <UnsavedChanges isDirty={compareFields(toInput(toDraft(EMPTY_TITLE)), toInput(draft)).length > 0} />
      <form className="editor-form" aria-busy={isBusy} onSubmit={(event) => void submit(event)}>
        <TitleFields
          draft={draft}
          isNew
          errorOf={toErrorOf(problem)}
          onChange={(fields) => setDraft({ ...draft, ...fields })}
        />
        <section className="panel">
          <div role="alert" className="form-problem">
            {problem === undefined ? null : <p>{toMessage(problem)}</p>}
          </div>
          <div className="editor-actions">
            <button type="submit" className="button button-primary" disabled={isBusy}>
              {t('editor.createTitle')}
            </button>
          </div>
        </section>
      </form>
    </div>
  );
}
