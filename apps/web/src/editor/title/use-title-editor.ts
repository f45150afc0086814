import { useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { Problem } from '../../api/problem.js';
import { applyChanges, listChanges, type FieldChange } from './title-changes.js';
import { toDraft, toInput, type TitleDraft, type TitleInput } from './title-draft.js';
import { deleteTitle, getVersion, patchTitle, type TitleVersion } from './title-requests.js';

/** A change of another editor that arrived first. */
export interface Conflict {
  readonly version: TitleVersion;
  readonly theirs: readonly FieldChange[];
  readonly mine: readonly FieldChange[];
}

export interface SavedChange {
  readonly heading: string;
  /** The fields before the change, for the undo. */
  readonly before: TitleInput;
  readonly revision: number;
}

export interface TitleEditor {
  readonly version: TitleVersion;
  readonly draft: TitleDraft;
  /** The differences of the draft from the version. */
  readonly changes: readonly FieldChange[];
  readonly isBusy: boolean;
  readonly isDeleted: boolean;
  readonly problem: unknown;
  readonly conflict: Conflict | undefined;
  readonly saved: SavedChange | undefined;
  edit(fields: Partial<TitleDraft>): void;
  save(): Promise<void>;
  undo(): Promise<void>;
  remove(): Promise<void>;
  discard(): void;
  /** Continues on the version of the other editor, with or without the changes of this one. */
  resolve(isReapplied: boolean): void;
}

/** Edits one title. Each change is based on the version that was read last. */
export function useTitleEditor(initial: TitleVersion): TitleEditor {
  const queries = useQueryClient();
  const [version, setVersion] = useState(initial);
  const [draft, setDraft] = useState(() => toDraft(initial.input));
  const [isBusy, setBusy] = useState(false);
  const [isDeleted, setDeleted] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [conflict, setConflict] = useState<Conflict>();
  const [saved, setSaved] = useState<SavedChange>();
  const { id } = version.title;

  const open = (next: TitleVersion, input = next.input): void => {
    setVersion(next);
    setDraft(toDraft(input));
  };

  /** Runs a change that requires the version. If the title has changed, shows the conflict with `target`. */
  const change = async (target: TitleInput, run: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    setSaved(undefined);
    try {
      await run();
      void queries.invalidateQueries({ queryKey: ['title', id] });
      void queries.invalidateQueries({ queryKey: ['title-changes', id] });
    } catch (error) {
      if (error instanceof Problem && error.code === 'TITLE_CHANGED') await showConflict(target);
      else setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const showConflict = async (target: TitleInput): Promise<void> => {
    try {
      const current = await getVersion(id);
      const theirs = listChanges(version.input, current.input);
      setConflict({ version: current, theirs, mine: listChanges(version.input, target) });
    } catch (error) {
      setProblem(error);
    }
  };

  const store = (target: TitleInput, heading: string): Promise<void> =>
    change(target, async () => {
      const next = await patchTitle(version, listChanges(version.input, target));
      open(next);
      setSaved({ heading, before: version.input, revision: next.title.revision });
    });

  return {
    ...{ version, draft, isBusy, isDeleted, problem, conflict, saved },
    changes: listChanges(version.input, toInput(draft)),
    edit: (fields) => setDraft((current) => ({ ...current, ...fields })),
    save: () => store(toInput(draft), t('editor.saved')),
    undo: () => (saved ? store(saved.before, t('editor.earlierVersion')) : Promise.resolve()),
    remove: () =>
      change(toInput(draft), async () => {
        await deleteTitle(version);
        setDeleted(true);
      }),
    discard: () => open(version),
    resolve(isReapplied) {
      if (!conflict) return;
      open(conflict.version, isReapplied ? applyChanges(conflict.version.input, conflict.mine) : undefined);
      setConflict(undefined);
    },
  };
}
