import { applyChanges, compareFields } from '../change/field-changes.js';
import { useEditor, type Editable } from '../change/use-editor.js';
import { toDraft, toInput, type TitleDraft, type TitleInput } from './title-draft.js';
import { listTitleQueries } from '../../title/title-queries.js';
import { deleteTitle, getTitleVersion, patchTitle, type TitleVersion } from './title-requests.js';

const TITLE: Editable<TitleInput, TitleDraft, TitleVersion> = {
  toDraft,
  toInput,
  compare: compareFields,
  reapply: ({ before, after }, onto) => applyChanges(onto, compareFields(before, after)),
  get: ({ title }) => getTitleVersion(title.id),
  save: (version, input) => patchTitle(version, compareFields(version.input, input)),
  remove: deleteTitle,
  listQueries: ({ title }) => listTitleQueries(title.id),
};

export const useTitleEditor = (initial: TitleVersion) => useEditor(TITLE, initial);
