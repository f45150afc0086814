import { type FormEvent, type ReactNode, useState } from 'react';
import { toFieldMessages } from '../api/field-messages.js';
import { toMessage } from '../api/problem-messages.js';

export interface RequestFormProps {
  /** Sends the request. `read` returns the text of a field. A rejection is shown in the form. */
  readonly send: (read: (name: string) => string) => Promise<void>;
  readonly submitText: string;
  /** Whether the form is not the main action of its page. */
  readonly isQuiet?: boolean;
  /** Renders the fields with a message for each invalid one. */
  readonly children: (errors: ReturnType<typeof toFieldMessages>) => ReactNode;
}

/** A form that sends one request at a time, and shows its problem next to the fields and above the button. */
export function RequestForm({ send, submitText, isQuiet = false, children }: RequestFormProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(undefined);
    try {
      await send((name) => String(fields.get(name) ?? ''));
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
      {children(toFieldMessages(problem))}
      <div role="alert" className="form-problem">
        {problem === undefined ? null : <p>{toMessage(problem)}</p>}
      </div>
      <button
        type="submit"
        className={`button ${isQuiet ? 'button-quiet' : 'button-primary button-wide'}`}
        disabled={isBusy}
      >
        {submitText}
      </button>
    </form>
  );
}
