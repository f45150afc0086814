import { limits, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { type FormEvent, useState } from 'react';
import { toFieldMessages, toMessage } from '../api/problem-messages.js';
import { createTitle } from '../title/titles.js';
import { TextArea, TextField } from '../ui/field.js';
import { toNewTitle } from './new-title.js';

const { name, releaseYear, synopsis } = limits.NewTitle;

export function NewTitleForm({ onCreated }: { readonly onCreated: (title: Schema<'Title'>) => void }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const errors = toFieldMessages(problem);

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      onCreated(await createTitle(toNewTitle((field) => String(fields.get(field) ?? ''))));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
      <TextField
        label={t('fields.name')}
        name="name"
        required
        maxLength={name.maxLength}
        autoComplete="off"
        error={errors['name']}
      />
      <div className="field-pair">
        <TextField
          label={t('fields.year')}
          name="releaseYear"
          type="number"
          inputMode="numeric"
          min={releaseYear.minimum}
          max={releaseYear.maximum}
          error={errors['releaseYear']}
        />
        <TextField
          label={t('fields.genres')}
          name="genres"
          placeholder={t('upload.genresExample')}
          autoComplete="off"
          error={errors['genres']}
        />
      </div>
      <TextArea
        label={t('fields.synopsis')}
        name="synopsis"
        maxLength={synopsis.maxLength}
        rows={3}
        error={errors['synopsis']}
      />
      <div role="alert" className="form-problem">
        {problem === undefined ? null : <p>{toMessage(problem)}</p>}
      </div>
      <button type="submit" className="button button-quiet" disabled={isBusy}>
        {t('upload.createTitle')}
      </button>
    </form>
  );
}
