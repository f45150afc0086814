import { type FormEvent, useId, useState } from 'react';
import { sentenceOf } from '../api/problem.js';
import { createTitle } from '../api/titles.js';
import type { Title } from '../api/types.js';
import { newTitleOf } from './new-title.js';

export function NewTitleForm({ onCreated }: { readonly onCreated: (title: Title) => void }) {
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      onCreated(await createTitle(newTitleOf((name) => String(fields.get(name) ?? ''))));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
      <div className="field">
        <label htmlFor={`${id}-name`}>Name</label>
        <input id={`${id}-name`} name="name" required maxLength={200} autoComplete="off" />
      </div>
      <div className="field-pair">
        <div className="field">
          <label htmlFor={`${id}-year`}>Year</label>
          <input id={`${id}-year`} name="releaseYear" type="number" inputMode="numeric" min={1888} max={2100} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-genres`}>Genres</label>
          <input id={`${id}-genres`} name="genres" placeholder="Drama, Comedy" autoComplete="off" />
        </div>
      </div>
      <div className="field">
        <label htmlFor={`${id}-synopsis`}>Synopsis</label>
        <textarea id={`${id}-synopsis`} name="synopsis" maxLength={2000} rows={3} />
      </div>
      <div role="alert" className="form-problem">
        {problem === undefined ? null : <p>{sentenceOf(problem)}</p>}
      </div>
      <button type="submit" className="button button-quiet" disabled={isBusy}>
        Create title
      </button>
    </form>
  );
}
