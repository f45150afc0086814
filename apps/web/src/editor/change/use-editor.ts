import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { Problem } from '../../api/problem.js';
import type { FieldChange } from './field-changes.js';

/** A resource as the editor has read it. */
export interface Version<Input> {
  readonly input: Input;
  readonly revision: number;
  /** The entity tag of the response, for `If-Match`. */
  readonly entityTag: string;
}

/** Converts, compares, and stores one kind of resource. */
export interface Editable<Input, Draft, Read extends Version<Input>> {
  toDraft(input: Input, version: Read): Draft;
  toInput(draft: Draft): Input;
  compare(before: Input, after: Input): readonly FieldChange[];
  /** Applies the changes between two inputs to a third one. */
  reapply(changes: { readonly before: Input; readonly after: Input }, onto: Input): Input;
  get(version: Read): Promise<Read>;
  /** @throws Problem with status 412 (the resource has changed since it was read) and others */
  save(version: Read, input: Input): Promise<Read>;
  /** Stores the fields from before a change. Default: `save`. @throws Problem as `save` */
  undo?(version: Read, input: Input): Promise<Read>;
  /** @throws Problem as `save` */
  remove?(version: Read): Promise<void>;
  /** The queries whose results contain the resource. */
  listQueries(version: Read): readonly QueryKey[];
}

/** The changes that another editor saved first, and the rejected ones of this editor. */
export interface Conflict {
  readonly theirs: readonly FieldChange[];
  readonly mine: readonly FieldChange[];
}

interface SavedChange<Input> {
  readonly heading: string;
  /** The fields before the change, for the undo. */
  readonly before: Input;
  readonly revision: number;
}

/** The state of the form of a resource. */
export interface Editor<Draft extends object = object> {
  /** The differences between the version and the draft. */
  readonly changes: readonly FieldChange[];
  readonly isBusy: boolean;
  readonly problem: unknown;
  readonly conflict: Conflict | undefined;
  readonly saved: Omit<SavedChange<unknown>, 'before'> | undefined;
  edit(fields: Partial<Draft>): void;
  save(): Promise<void>;
  undo(): Promise<void>;
  remove(): Promise<void>;
  discard(): void;
  /** Continues on the version of the other editor, with or without the changes of this one. */
  resolve(isReapplied: boolean): void;
}

/** Edits one resource. Each change is based on the version that was read last. */
export function useEditor<Input, Draft extends object, Read extends Version<Input>>(
  editable: Editable<Input, Draft, Read>,
  initial: Read,
): Editor<Draft> & { readonly version: Read; readonly draft: Draft; readonly isDeleted: boolean } {
  const queries = useQueryClient();
  const [version, setVersion] = useState(initial);
  const [draft, setDraft] = useState(() => editable.toDraft(initial.input, initial));
  const [isBusy, setBusy] = useState(false);
  const [isDeleted, setDeleted] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [rejected, setRejected] = useState<{ readonly current: Read; readonly target: Input }>();
  const [saved, setSaved] = useState<SavedChange<Input>>();
  const { input } = version;

  const open = (next: Read, nextInput = next.input): void => {
    setVersion(next);
    setDraft(editable.toDraft(nextInput, next));
  };

  /** Runs a change that requires the version. If the resource has changed, there is a conflict with `target`. */
  const change = async (target: Input, run: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    setSaved(undefined);
    try {
      await run();
      for (const queryKey of editable.listQueries(version)) void queries.invalidateQueries({ queryKey });
    } catch (error) {
      if (error instanceof Problem && error.status === 412) await reject(target);
      else setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const reject = async (target: Input): Promise<void> => {
    try {
      setRejected({ current: await editable.get(version), target });
    } catch (error) {
      setProblem(error);
    }
  };

  const store = (target: Input, heading: string, save = editable.save): Promise<void> =>
    change(target, async () => {
      const next = await save(version, target);
      open(next);
      setSaved({ heading, before: input, revision: next.revision });
    });

  const conflict: Conflict | undefined = rejected && {
    theirs: editable.compare(input, rejected.current.input),
    mine: editable.compare(input, rejected.target),
  };

  return {
    ...{ version, draft, isBusy, isDeleted, problem, conflict, saved },
    changes: editable.compare(input, editable.toInput(draft)),
    edit: (fields) => setDraft((current) => ({ ...current, ...fields })),
    save: () => store(editable.toInput(draft), t('editor.saved')),
    undo: () => (saved ? store(saved.before, t('editor.earlierVersion'), editable.undo) : Promise.resolve()),
    remove: () =>
      change(editable.toInput(draft), async () => {
        await editable.remove?.(version);
        setDeleted(true);
      }),
    discard() {
      open(version);
      setProblem(undefined);
    },
    resolve(isReapplied) {
      if (!rejected) return;
      const { current, target } = rejected;
      open(current, isReapplied ? editable.reapply({ before: input, after: target }, current.input) : undefined);
      setRejected(undefined);
    },
  };
}
