import { t } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { AFTER_SAVE, UnsavedChanges } from '../form/unsaved-changes.js';
import { toErrorOf } from '../form/field-errors.js';
import { PersonFields } from './person-fields.js';
import { createPerson } from './person-requests.js';

export function NewPersonPage() {
  usePageTitle(t('editor.people.new'));
  const navigate = useNavigate();
  const [draft, setDraft] = useState({ name: '', slug: '' });
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const { person } = await createPerson(draft);
      await navigate(`/editor/people/${person.id}`, { replace: true, state: AFTER_SAVE });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.people.new')}</h1>
      </header>
      <UnsavedChanges isDirty={draft.name !== '' || draft.slug !== ''} />
      <form className="editor-form" aria-busy={isBusy} onSubmit={(event) => void submit(event)}>
        <section className="panel">
          <PersonFields
            draft={draft}
            isNew
            errorOf={toErrorOf(problem)}
            onChange={(fields) => setDraft({ ...draft, ...fields })}
          />
          <div role="alert" className="form-problem">
            {problem === undefined ? null : <p>{toMessage(problem)}</p>}
          </div>
          <div className="editor-actions">
            <button type="submit" className="button button-primary" disabled={isBusy}>
              {t('editor.people.create')}
            </button>
          </div>
        </section>
      </form>
    </div>
  );
}
