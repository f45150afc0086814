import { t } from 'i18next';
import { useState } from 'react';
import { EmailField } from '../session/email-field.js';
import { CurrentPasswordField } from '../session/password-field.js';
import { RequestForm } from '../ui/request-form.js';
import { changeEmail } from './accounts.js';

export function EmailForm() {
  const [sentTo, setSentTo] = useState<string>();
  return (
    <>
      <RequestForm
        key={sentTo}
        send={async (read) => {
          const email = read('email').trim();
          await changeEmail(read('password'), email);
          setSentTo(email);
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
      <p role="status">{sentTo === undefined ? null : t('account.emailChangeSent', { email: sentTo })}</p>
    </>
  );
}
