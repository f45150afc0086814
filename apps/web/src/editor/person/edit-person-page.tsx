import { useQuery } from '@tanstack/react-query';
import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { Link, useParams } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { TextField } from '../../ui/field.js';
import { Loading } from '../../ui/loading.js';
import { Notice, NoticeLink } from '../../ui/notice.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { ChangeHistory } from '../change/change-history.js';
import { EditorForm } from '../change/editor-form.js';
import { applyChanges, listChanges } from '../change/field-changes.js';
import { useEditor, type Editable } from '../change/use-editor.js';
import { toErrorOf } from '../title/field-errors.js';
import {
  getPersonVersion,
  listPersonChanges,
  patchPerson,
  type PersonInput,
  type PersonVersion,
} from './person-requests.js';

const LIMITS = limits.PersonInput;

const PERSON: Editable<PersonInput, PersonInput, PersonVersion> = {
  toDraft: (input) => input,
  toInput: ({ name, slug }) => ({ name: name.trim(), slug: slug.trim() }),
  listChanges,
  reapply: ({ before, after }, onto) => applyChanges(onto, listChanges(before, after)),
  get: ({ person }) => getPersonVersion(person.id),
  save: (version, input) => patchPerson(version, listChanges(version.input, input)),
  // Titles and their lists contain the name.
  listQueries: ({ person }) => [['person'], ['person-changes', person.id], ['title'], ['titles']],
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
  if (version.data) return <EditPerson key={personId} initial={version.data} />;
  if (!version.isError) return <Loading />;
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
  const errorOf = toErrorOf(editor.problem);
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.editName', { name })}</h1>
        <p className="editor-links">
          <Link to={`/people/${id}`}>{t('editor.people.view')}</Link>
        </p>
      </header>
      <EditorForm editor={editor}>
        <section className="panel">
          <p className="field-hint">{t('editor.people.affected', { count: titleCount })}</p>
          <TextField
            label={t('editor.fields.name')}
            required
            maxLength={LIMITS.name.maxLength}
            autoComplete="off"
            value={editor.draft.name}
            error={errorOf('name')}
            onChange={({ target }) => editor.edit({ name: target.value })}
          />
          <TextField
            label={t('editor.fields.slug')}
            hint={t('editor.people.slugHint')}
            required
            maxLength={LIMITS.slug.maxLength}
            autoComplete="off"
            value={editor.draft.slug}
            error={errorOf('slug')}
            onChange={({ target }) => editor.edit({ slug: target.value })}
          />
        </section>
      </EditorForm>
      <ChangeHistory
        queryKey={['person-changes', id]}
        list={(cursor, signal) => listPersonChanges(id, cursor, signal)}
      />
    </div>
  );
}
