import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { Navigate } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { formatList } from '../../language/format.js';
import { Loading } from '../../ui/loading.js';
import { ChangeHistory } from '../change/change-history.js';
import { EditorForm } from '../change/editor-form.js';
import { useEditor, type Editable } from '../change/use-editor.js';
import { AFTER_SAVE } from '../form/unsaved-changes.js';
import { toErrorOf } from '../form/field-errors.js';
import {
  compareSeasons,
  listRemovedEpisodes,
  reapplySeason,
  toSeasonDraft,
  toSeasonInput,
  type SeasonDraft,
  type SeasonInput,
} from './season-draft.js';
import { SeasonFields } from './season-fields.js';
import {
  deleteSeason,
  getSeasonVersion,
  listSeasonChanges,
  replaceSeason,
  undoSeasonChange,
  type SeasonVersion,
} from './season-requests.js';

const SEASON: Editable<SeasonInput, SeasonDraft, SeasonVersion> = {
  toDraft: (input, { season }) => toSeasonDraft(input, season),
  toInput: toSeasonInput,
  compare: compareSeasons,
  reapply: reapplySeason,
  get: ({ titleId, season }) => getSeasonVersion(titleId, season.number),
  save: replaceSeason,
  undo: undoSeasonChange,
  remove: deleteSeason,
  listQueries: ({ titleId, season }) => [
    ['seasons', titleId],
    ['season-changes', titleId, season.number],
  ],
};

export interface EditSeasonProps {
  readonly titleId: string;
  readonly number: number;
}

export function EditSeason({ titleId, number }: EditSeasonProps) {
  const version = useQuery({
    queryKey: ['season-version', titleId, number],
    queryFn: ({ signal }) => getSeasonVersion(titleId, number, signal),
    // The form is based on this version until it is saved.
    staleTime: Infinity,
    gcTime: 0,
  });
  if (version.isError) return <p className="form-problem">{toMessage(version.error)}</p>;
  return version.data ? <SeasonForm initial={version.data} /> : <Loading />;
}

function SeasonForm({ initial }: { readonly initial: SeasonVersion }) {
  const editor = useEditor(SEASON, initial);
  const { version, draft } = editor;
  const { titleId, season } = version;
  const { number } = season;
  if (editor.isDeleted) {
    return <Navigate to={`/editor/titles/${titleId}/seasons`} replace state={{ ...AFTER_SAVE, deleted: number }} />;
  }
  const removed = listRemovedEpisodes(toSeasonDraft(version.input, season), draft);
  const names = formatList(removed.map(({ name }) => name));
  return (
    <>
      <EditorForm
        editor={editor}
        warning={removed.length > 0 ? t('editor.seasons.removedEpisodes', { names }) : undefined}
        deletion={{
          button: t('editor.seasons.delete'),
          heading: t('editor.seasons.deleteNumber', { number }),
          text: t('editor.seasons.deleteText'),
        }}
      >
        <SeasonFields
          titleId={titleId}
          heading={t('common.season', { number })}
          draft={draft}
          errorOf={toErrorOf(editor.problem)}
          onChange={editor.edit}
        />
      </EditorForm>
      <ChangeHistory
        queryKey={['season-changes', titleId, number]}
        list={(cursor, signal) => listSeasonChanges(titleId, number, cursor, signal)}
      />
    </>
  );
}
