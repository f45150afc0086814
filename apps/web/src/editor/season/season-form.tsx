import { useQueryClient } from '@tanstack/react-query';
import { limits, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { formatList } from '../../language/format.js';
import { TextArea, TextField } from '../../ui/field.js';
import { ConfirmDialog } from '../form/confirm-dialog.js';
import { MessagePanel } from '../form/message-panel.js';
import { toRange } from '../form/to-range.js';
import { AFTER_SAVE, UnsavedChanges } from '../form/unsaved-changes.js';
import { ChangeList } from '../change/change-list.js';
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
        <MessagePanel heading={t('editor.seasons.conflict')} isProblem>
          <p>{t('editor.seasons.conflictText')}</p>
          <ChangeList changes={changes} />
          <button type="button" className="button button-primary button-small" onClick={onReload}>
            {t('editor.seasons.reload')}
          </button>
        </MessagePanel>
      ) : null}
      {undone && !isDirty ? (
        <MessagePanel heading={undone.heading}>
          <button
            type="button"
            className="button button-quiet button-small"
            disabled={isBusy}
            onClick={() => void store(undone.input, t('editor.earlierVersion'))}
          >
            {t('common.undo')}
          </button>
        </MessagePanel>
      ) : null}
      <form
        className="editor-form"
        aria-busy={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          void store(input, t('editor.saved'));
        }}
      >
        <section className="panel" aria-labelledby="season-fields">
          <h2 id="season-fields">{isNew ? t('editor.seasons.new') : t('common.season', { number: draft.number })}</h2>
          <div className="editor-grid">
            {isNew ? (
              <TextField
                label={t('editor.seasons.number')}
                required
                {...toRange(NUMBERS)}
                value={draft.number}
                hint={t('editor.seasons.numberHint')}
                error={isTaken ? t('editor.seasons.numberTaken') : undefined}
                onChange={({ target }) => edit({ number: target.value })}
              />
            ) : null}
            <TextField
              label={t('fields.name')}
              hint={t('editor.seasons.nameHint')}
              maxLength={LIMITS.name.maxLength}
              value={draft.name}
              error={toErrorOf(problem)('name')}
              onChange={({ target }) => edit({ name: target.value })}
            />
            <TextField
              label={t('fields.year')}
              {...toRange(LIMITS.releaseYear)}
              value={draft.releaseYear}
              error={toErrorOf(problem)('releaseYear')}
              onChange={({ target }) => edit({ releaseYear: target.value })}
            />
          </div>
          <TextArea
            label={t('fields.synopsis')}
            rows={3}
            maxLength={LIMITS.synopsis.maxLength}
            value={draft.synopsis}
            error={toErrorOf(problem)('synopsis')}
            onChange={({ target }) => edit({ synopsis: target.value })}
          />
        </section>
        <section className="panel">
          <p className="field-hint">{t('editor.seasons.videoHint')}</p>
          <EpisodeFields
            titleId={titleId}
            episodes={draft.episodes}
            errorOf={toErrorOf(problem)}
            onChange={(episodes) => edit({ episodes })}
          />
        </section>
        <section className="panel" aria-labelledby="season-changes">
          <h2 id="season-changes">{t('editor.changesToSave')}</h2>
          {isDirty ? <ChangeList changes={changes} /> : <p className="field-hint">{t('editor.noChanges')}</p>}
          {lost.length > 0 ? (
            <p className="form-problem">
              {t('editor.seasons.lostVideos', { names: formatList(lost.map(({ name }) => name)) })}
            </p>
          ) : null}
          <div role="alert" className="form-problem">
            {problem === undefined ? null : <p>{toMessage(problem)}</p>}
          </div>
          <div className="editor-actions">
            <button type="submit" className="button button-primary" disabled={isBusy || isTaken || !(isDirty || isNew)}>
              {isNew ? t('editor.seasons.create') : t('editor.save')}
            </button>
            <button
              type="button"
              className="button button-quiet"
              disabled={isBusy || !isDirty}
              onClick={() => setDraft(base)}
            >
              {t('editor.discard')}
            </button>
            {isNew ? null : (
              <button type="button" className="link-button" disabled={isBusy} onClick={() => setDeleting(true)}>
                {t('editor.seasons.delete')}
              </button>
            )}
          </div>
        </section>
      </form>
      {isDeleting ? (
        <ConfirmDialog
          heading={t('editor.seasons.deleteNumber', { number: draft.number })}
          confirmText={t('common.delete')}
          cancelText={t('common.cancel')}
          onCancel={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            void remove();
          }}
        >
          <p>{t('editor.seasons.deleteText')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
