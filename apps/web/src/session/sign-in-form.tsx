import { t } from 'i18next';
import { type FormEvent, useState } from 'react';
import { limits } from '@viernes/api-client';
import { toFieldMessages, toMessage } from '../api/problem-messages.js';
import { TextField } from '../ui/field.js';
import { createAccount, signIn } from './accounts.js';

const { password: passwordLimits, profileName: nameLimits } = limits.NewAccount;

/** Signs in, or creates an account and signs in. The page redirects when there is a session. */
export function SignInForm({ isNew }: { readonly isNew: boolean }) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const errors = toFieldMessages(problem);

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
        <TextField
          label={t('signIn.yourName')}
          name="profileName"
          autoComplete="nickname"
          required
          maxLength={nameLimits.maxLength}
          error={errors['profileName']}
        />
      ) : null}
      <TextField
        label={t('signIn.email')}
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        required
        error={errors['email']}
      />
      <TextField
        label={t('signIn.password')}
        name="password"
        type="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        minLength={isNew ? passwordLimits.minLength : undefined}
        maxLength={passwordLimits.maxLength}
        hint={isNew ? t('signIn.passwordHint', { min: passwordLimits.minLength }) : undefined}
        error={errors['password']}
        required
      />
      <div role="alert" className="form-problem">
        {problem === undefined ? null : <p>{toMessage(problem)}</p>}
      </div>
      <button type="submit" className="button button-primary button-wide" disabled={isBusy}>
        {isNew ? t('signIn.submitNew') : t('signIn.signIn')}
      </button>
    </form>
  );
}
