import { useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { CurrentPasswordField, NewPasswordField } from '../session/password-field.js';
import { RequestForm } from '../ui/request-form.js';
import { ACCOUNT_QUERIES, changePassword } from './accounts.js';

export function PasswordForm() {
  const queries = useQueryClient();
  const [changes, setChanges] = useState(0);
  return (
    <>
      <RequestForm
        key={changes}
        send={async (read) => {
          await changePassword(read('password'), read('newPassword'));
          setChanges(changes + 1);
          void queries.invalidateQueries({ queryKey: ACCOUNT_QUERIES });
        }}
        submitText={t('account.savePassword')}
        isQuiet
      >
        {(errors) => (
          <>
            <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
            <NewPasswordField label={t('account.newPassword')} name="newPassword" error={errors['newPassword']} />
          </>
        )}
      </RequestForm>
      <div role="status">
        {changes === 0 ? null : (
          <p>
            {t('account.passwordChanged')} {t('account.passkeysRemain')}
          </p>
        )}
      </div>
    </>
  );
}
