import { useQueryClient } from '@tanstack/react-query';
import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { toMessage } from '../../api/problem-messages.js';
import { TextField } from '../../ui/field.js';
import { toNumberAttributes } from '../form/to-number-attributes.js';
import { AFTER_SAVE, UnsavedChanges } from '../form/unsaved-changes.js';
import { toErrorOf } from '../form/field-errors.js';
import { compareSeasons, newSeason, toSeasonInput } from './season-draft.js';
import { SeasonFields } from './season-fields.js';
import { createSeason } from './season-requests.js';

export interface NewSeasonProps {
  readonly titleId: string;
  readonly usedNumbers: readonly number[];
}

export function NewSeason({ titleId, usedNumbers }: NewSeasonProps) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [empty] = useState(() => newSeason(Math.max(0, ...usedNumbers) + 1));
  const [draft, setDraft] = useState(empty);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const isTaken = usedNumbers.includes(Number(draft.number));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      const { number } = await createSeason(titleId, { number: Number(draft.number), ...toSeasonInput(draft) });
      await queries.invalidateQueries({ queryKey: ['seasons', titleId] });
      await navigate(`/editor/titles/${titleId}/seasons/${number}`, { replace: true, state: AFTER_SAVE });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <form className="editor-form" aria-busy={isBusy} onSubmit={(event) => void submit(event)}>
      <UnsavedChanges isDirty={compareSeasons(toSeasonInput(empty), toSeasonInput(draft)).length > 0} />
      <SeasonFields
        titleId={titleId}
        heading={t('editor.seasons.new')}
        draft={draft}
        errorOf={toErrorOf(problem)}
        onChange={(fields) => setDraft({ ...draft, ...fields })}
      >
        <TextField
          label={t('editor.seasons.number')}
          required
          {...toNumberAttributes(limits.NewSeason.number)}
          value={draft.number}
          hint={t('editor.seasons.numberHint')}
          error={isTaken ? t('editor.seasons.numberTaken') : undefined}
          onChange={({ target }) => setDraft({ ...draft, number: target.value })}
        />
      </SeasonFields>
      <section className="panel">
        <div role="alert" className="form-problem">
          {problem === undefined ? null : <p>{toMessage(problem)}</p>}
        </div>
        <div className="editor-actions">
          <button type="submit" className="button button-primary" disabled={isBusy || isTaken}>
            {t('editor.seasons.create')}
          </button>
        </div>
      </section>
    </form>
  );
}
