import { limits, type Schema } from '@viernes/api-client';
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
        label="Name"
        name="name"
        required
        maxLength={name.maxLength}
        autoComplete="off"
        error={errors['name']}
      />
      <div className="field-pair">
        <TextField
          label="Year"
          name="releaseYear"
          type="number"
          inputMode="numeric"
          min={releaseYear.minimum}
          max={releaseYear.maximum}
          error={errors['releaseYear']}
        />
        <TextField
          label="Genres"
          name="genres"
          placeholder="Drama, Comedy"
          autoComplete="off"
          error={errors['genres']}
        />
      </div>
      <TextArea label="Synopsis" name="synopsis" maxLength={synopsis.maxLength} rows={3} error={errors['synopsis']} />
      <div role="alert" className="form-problem">
        {problem === undefined ? null : <p>{toMessage(problem)}</p>}
      </div>
      <button type="submit" className="button button-quiet" disabled={isBusy}>
        Create title
      </button>
    </form>
  );
}
