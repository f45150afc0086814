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
import { DeletedTitle } from './deleted-title.js';
import { toErrorOf } from '../form/field-errors.js';
import { TitleFields } from './title-fields.js';
import { getTitleVersion, listTitleChanges, type TitleVersion } from './title-requests.js';
import { useTitleEditor } from './use-title-editor.js';

export function EditTitlePage() {
  const { titleId = '' } = useParams();
  const version = useQuery({
    queryKey: ['title-version', titleId],
    queryFn: ({ signal }) => getTitleVersion(titleId, signal),
    // The form is based on this version until it is saved.
    staleTime: Infinity,
    gcTime: 0,
  });
  const isUnknown = version.error instanceof Problem && version.error.status === 404;
  usePageTitle(
    version.isError ? t('title.unavailable') : version.data && t('editor.editName', { name: version.data.title.name }),
  );
  // A restored title has another revision. The new React key resets the form.
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
  const { version, draft } = editor;
  const { id, name, kind } = version.title;
  if (editor.isDeleted) return <DeletedTitle titleId={id} />;
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
      <EditorForm
        editor={editor}
        deletion={{
          button: t('editor.deleteTitle'),
          heading: t('editor.deleteName', { name }),
          text: t('editor.deleteText'),
        }}
      >
        <TitleFields draft={draft} isNew={false} errorOf={toErrorOf(editor.problem)} onChange={editor.edit} />
      </EditorForm>
      <ChangeHistory
        queryKey={['changes', `titles/${id}`]}
        list={(cursor, signal) => listTitleChanges(id, cursor, signal)}
      />
    </div>
  );
}
