import { t } from 'i18next';
import { useState } from 'react';
import { EmailField } from '../session/email-field.js';
import { CurrentPasswordField } from '../session/password-field.js';
import { RequestForm } from '../ui/request-form.js';
import { changeEmail } from './accounts.js';

export function EmailForm() {
  const [sent, setSent] = useState<{ readonly count: number; readonly email: string }>();
  return (
    <>
      <RequestForm
        // Empties the fields after each change, even if the email is the same.
        key={sent?.count}
        send={async (read) => {
          const email = read('email').trim();
          await changeEmail(read('password'), email);
          setSent((previous) => ({ count: (previous?.count ?? 0) + 1, email }));
        }}
        submitText={t('account.changeEmail')}
        isQuiet
      >
        {(errors) => (
          <>
            <EmailField label={t('account.newEmail')} error={errors['email']} />
            <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
          </>
        )}
      </RequestForm>
      <p role="status">{sent === undefined ? null : t('account.emailChangeSent', { email: sent.email })}</p>
    </>
  );
}
