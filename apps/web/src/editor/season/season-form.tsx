import { useQueryClient } from '@tanstack/react-query';
import { limits, type Schema } from '@viernes/api-client';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { TextArea, TextField } from '../../ui/field.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import { MessagePanel } from '../form/message-panel.js';
import { toRange } from '../form/to-range.js';
import { AFTER_SAVE, UnsavedChanges } from '../form/unsaved-changes.js';
import { ChangeList } from '../title/change-list.js';
import { toErrorOf } from '../title/field-errors.js';
import { EpisodeFields } from './episode-fields.js';
import {
  listLostVideos,
  listSeasonChanges,
  newSeason,
  toSeasonDraft,
  toSeasonInput,
  type SeasonDraft,
  type SeasonInput,
} from './season-draft.js';
import { deleteSeason, isUnchanged, putSeason } from './season-requests.js';

const LIMITS = limits.SeasonInput;
/** The API allows 0 for a season of specials. */
const NUMBERS = { minimum: 0, maximum: 500 };

export interface SeasonFormProps {
  readonly titleId: string;
  /** Undefined for a new season. */
  readonly season: Schema<'Season'> | undefined;
  readonly usedNumbers: readonly number[];
  readonly onReload: () => void;
}

export function SeasonForm({ titleId, season, usedNumbers, onReload }: SeasonFormProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [base, setBase] = useState(() => (season ? toSeasonDraft(season) : newSeason(Math.max(0, ...usedNumbers) + 1)));
  const [draft, setDraft] = useState(base);
  const [isBusy, setBusy] = useState(false);
  const [isDeleting, setDeleting] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const [undone, setUndone] = useState<{ readonly heading: string; readonly input: SeasonInput }>();
  const isNew = season === undefined;
  const [known, input] = [toSeasonInput(base), toSeasonInput(draft)];
  const changes = listSeasonChanges(known, input);
  const isDirty = changes.length > 0;
  const isTaken = isNew && usedNumbers.includes(Number(draft.number));
  const lost = listLostVideos(base, draft);
  const edit = (fields: Partial<SeasonDraft>) => setDraft({ ...draft, ...fields });

  const run = async (change: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    setUndone(undefined);
    try {
      if (await isUnchanged(titleId, Number(draft.number), isNew ? undefined : known)) await change();
      else setChanged(true);
      await queries.invalidateQueries({ queryKey: ['seasons', titleId] });
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const store = (target: SeasonInput, heading: string): Promise<void> =>
    run(async () => {
      const stored = toSeasonDraft(await putSeason(titleId, Number(draft.number), target));
      setBase(stored);
      setDraft(stored);
      if (isNew)
        await navigate(`/editor/titles/${titleId}/seasons/${draft.number}`, { replace: true, state: AFTER_SAVE });
      else setUndone({ heading, input: known });
    });

  const remove = (): Promise<void> =>
    run(async () => {
      await deleteSeason(titleId, Number(draft.number));
      await navigate(`/editor/titles/${titleId}/seasons`, { replace: true, state: AFTER_SAVE });
    });

  return (
    <>
      <UnsavedChanges isDirty={isDirty} />
      {isChanged ? (
        <MessagePanel heading="Another editor changed this season" isProblem>
          <p>Nothing was saved. Load the season again, and repeat your changes.</p>
          <ChangeList changes={changes} />
          <button type="button" className="button button-primary button-small" onClick={onReload}>
            Load the season again
          </button>
        </MessagePanel>
      ) : null}
      {undone && !isDirty ? (
        <MessagePanel heading={undone.heading}>
          <button
            type="button"
            className="button button-quiet button-small"
            disabled={isBusy}
            onClick={() => void store(undone.input, 'The earlier version is back')}
          >
            Undo
          </button>
        </MessagePanel>
      ) : null}
      <form
        className="editor-form"
        aria-busy={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          void store(input, 'Saved');
        }}
      >
        <section className="panel" aria-labelledby="season-fields">
          <h2 id="season-fields">{isNew ? 'New season' : `Season ${draft.number}`}</h2>
          <div className="editor-grid">
            {isNew ? (
              <TextField
                label="Number"
                required
                {...toRange(NUMBERS)}
                value={draft.number}
                hint="0 is a season of specials."
                error={isTaken ? 'This season exists.' : undefined}
                onChange={({ target }) => edit({ number: target.value })}
              />
            ) : null}
            <TextField
              label="Name"
              hint="Empty if the season has only a number"
              maxLength={LIMITS.name.maxLength}
              value={draft.name}
              error={toErrorOf(problem)('name')}
              onChange={({ target }) => edit({ name: target.value })}
            />
            <TextField
              label="Year"
              {...toRange(LIMITS.releaseYear)}
              value={draft.releaseYear}
              error={toErrorOf(problem)('releaseYear')}
              onChange={({ target }) => edit({ releaseYear: target.value })}
            />
          </div>
          <TextArea
            label="Synopsis"
            rows={3}
            maxLength={LIMITS.synopsis.maxLength}
            value={draft.synopsis}
            error={toErrorOf(problem)('synopsis')}
            onChange={({ target }) => edit({ synopsis: target.value })}
          />
        </section>
        <section className="panel">
          <p className="field-hint">A video belongs to the number of its episode, and keeps it.</p>
          <EpisodeFields
            titleId={titleId}
            episodes={draft.episodes}
            errorOf={toErrorOf(problem)}
            onChange={(episodes) => edit({ episodes })}
          />
        </section>
        <section className="panel" aria-labelledby="season-changes">
          <h2 id="season-changes">Changes to save</h2>
          {isDirty ? <ChangeList changes={changes} /> : <p className="field-hint">There are no changes.</p>}
          {lost.length > 0 ? (
            <p className="form-problem">These episodes lose their videos: {lost.map(({ name }) => name).join(', ')}</p>
          ) : null}
          <div role="alert" className="form-problem">
            {problem === undefined ? null : <p>{toMessage(problem)}</p>}
          </div>
          <div className="editor-actions">
            <button type="submit" className="button button-primary" disabled={isBusy || isTaken || !(isDirty || isNew)}>
              {isNew ? 'Create season' : 'Save changes'}
            </button>
            <button
              type="button"
              className="button button-quiet"
              disabled={isBusy || !isDirty}
              onClick={() => setDraft(base)}
            >
              Discard changes
            </button>
            {isNew ? null : (
              <button type="button" className="link-button" disabled={isBusy} onClick={() => setDeleting(true)}>
                Delete the season
              </button>
            )}
          </div>
        </section>
      </form>
      {isDeleting ? (
        <ConfirmDialog
          heading={`Delete season ${draft.number}?`}
          confirmText="Delete"
          cancelText="Cancel"
          onCancel={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            void remove();
          }}
        >
          <p>Its episodes and their videos cannot be restored.</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
