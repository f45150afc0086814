import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { Link, useParams } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { Problem } from '../../api/problem.js';
import { Loading } from '../../ui/loading.js';
import { Notice, NoticeLink } from '../../ui/notice.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { ChangeHistory } from '../change/change-history.js';
import { EditorForm } from '../change/editor-form.js';
import { applyChanges, compareFields } from '../change/field-changes.js';
import { useEditor, type Editable } from '../change/use-editor.js';
import { toErrorOf } from '../form/field-errors.js';
import { DeletedPerson } from './deleted-person.js';
import { PersonFields } from './person-fields.js';
import {
  deletePerson,
  getPersonVersion,
  listPersonChanges,
  patchPerson,
  type PersonInput,
  type PersonVersion,
} from './person-requests.js';

const PERSON: Editable<PersonInput, PersonInput, PersonVersion> = {
  toDraft: (input) => input,
  toInput: ({ name, slug }) => ({ name: name.trim(), slug: slug.trim() }),
  compare: compareFields,
  reapply: ({ before, after }, onto) => applyChanges(onto, compareFields(before, after)),
  get: ({ person }) => getPersonVersion(person.id),
  save: (version, input) => patchPerson(version, compareFields(version.input, input)),
  remove: deletePerson,
  // Titles and their lists contain the name.
  listQueries: ({ person }) => [['person'], ['changes', `people/${person.id}`], ['title'], ['titles']],
};

export function EditPersonPage() {
  const { personId = '' } = useParams();
  const version = useQuery({
    queryKey: ['person-version', personId],
    queryFn: ({ signal }) => getPersonVersion(personId, signal),
    // The form is based on this version until it is saved.
    staleTime: Infinity,
    gcTime: 0,
  });
  usePageTitle(
    version.isError
      ? t('person.unavailable')
      : version.data && t('editor.editName', { name: version.data.person.name }),
  );
  // A restored person has another revision. The new React key resets the form.
  if (version.data) return <EditPerson key={`${personId} ${version.data.person.revision}`} initial={version.data} />;
  if (!version.isError) return <Loading />;
  if (version.error instanceof Problem && version.error.status === 404) return <DeletedPerson personId={personId} />;
  return (
    <div className="page">
      <Notice
        heading={t('person.unavailable')}
        actions={<NoticeLink to="/editor">{t('editor.chooseAnother')}</NoticeLink>}
      >
        <p>{toMessage(version.error)}</p>
      </Notice>
    </div>
  );
}

function EditPerson({ initial }: { readonly initial: PersonVersion }) {
  const editor = useEditor(PERSON, initial);
  const { id, name, titleCount } = editor.version.person;
  if (editor.isDeleted) return <DeletedPerson personId={id} />;
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.editName', { name })}</h1>
        <p className="editor-links">
          <Link to={`/people/${id}`}>{t('editor.people.view')}</Link>
        </p>
      </header>
      <EditorForm
        editor={editor}
        deletion={{
          button: t('editor.people.delete'),
          heading: t('editor.deleteName', { name }),
          text: t('editor.people.deleteText', { count: titleCount }),
        }}
      >
        <section className="panel">
          <p className="field-hint">{t('editor.people.affected', { count: titleCount })}</p>
          <PersonFields draft={editor.draft} isNew={false} errorOf={toErrorOf(editor.problem)} onChange={editor.edit} />
        </section>
      </EditorForm>
      <ChangeHistory
        queryKey={['changes', `people/${id}`]}
        list={(cursor, signal) => listPersonChanges(id, cursor, signal)}
      />
    </div>
  );
}
