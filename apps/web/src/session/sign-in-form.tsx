import { type FormEvent, useId, useState } from 'react';
import { Problem, sentenceOf } from '../api/problem.js';
import { createAccount, signIn } from './sign-in.js';

const SHORTEST_PASSWORD = 8;

/** Signing in, or making an account and signing in to it. The page around it leaves as soon as there is a session. */
export function SignInForm({ isNew }: { readonly isNew: boolean }) {
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const faults = problem instanceof Problem ? problem.errors : [];

  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string): string => String(fields.get(name) ?? '');
    setBusy(true);
    setProblem(undefined);
    try {
      if (isNew) await createAccount(text('email').trim(), text('password'), text('profileName').trim());
      else await signIn(text('email').trim(), text('password'));
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };

  return (
    <form className="form" onSubmit={(event) => void submit(event)} aria-busy={isBusy}>
      {isNew ? (
        <div className="field">
          <label htmlFor={`${id}-name`}>Your name</label>
          <input id={`${id}-name`} name="profileName" autoComplete="nickname" required maxLength={50} />
        </div>
      ) : null}
      <div className="field">
        <label htmlFor={`${id}-email`}>Email</label>
        <input id={`${id}-email`} name="email" type="email" autoComplete="username" inputMode="email" required />
      </div>
      <div className="field">
        <label htmlFor={`${id}-password`}>Password</label>
        <input
          id={`${id}-password`}
          name="password"
          type="password"
          autoComplete={isNew ? 'new-password' : 'current-password'}
          minLength={isNew ? SHORTEST_PASSWORD : undefined}
          aria-describedby={isNew ? `${id}-hint` : undefined}
          required
        />
        {isNew ? (
          <p className="field-hint" id={`${id}-hint`}>
            At least {SHORTEST_PASSWORD} characters.
          </p>
        ) : null}
      </div>
      <div role="alert" className="form-problem">
        {problem === undefined ? null : (
          <>
            <p>{sentenceOf(problem)}</p>
            {faults.map((fault) => (
              <p key={`${fault.path}${fault.message}`}>{[fault.path, fault.message].filter(Boolean).join(': ')}</p>
            ))}
          </>
        )}
      </div>
      <button type="submit" className="button button-primary button-wide" disabled={isBusy}>
        {isNew ? 'Create account' : 'Sign in'}
      </button>
    </form>
  );
}
