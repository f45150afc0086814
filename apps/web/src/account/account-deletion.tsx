import { t } from 'i18next';
import { CurrentPasswordField } from '../session/password-field.js';
import { TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';
import { deleteAccount } from './accounts.js';

/** Deletes the account. The user confirms with the email and the password of the account. */
export function AccountDeletion({ email }: { readonly email: string }) {
  return (
    <section aria-labelledby="account-deletion">
      <h2 id="account-deletion">{t('accountDeletion.heading')}</h2>
      <details>
        <summary>{t('accountDeletion.summary')}</summary>
        <ul>
          <li>{t('accountDeletion.profiles')}</li>
          <li>{t('accountDeletion.signOut')}</li>
          <li>{t('accountDeletion.uploads')}</li>
          <li>{t('accountDeletion.final')}</li>
        </ul>
        <RequestForm send={(read) => deleteAccount(read('password'))} submitText={t('accountDeletion.delete')} isQuiet>
          {(errors) => (
            <>
              <TextField
                label={t('accountDeletion.confirm', { email })}
                name="confirmation"
                autoComplete="off"
                required
                error={undefined}
                onInput={({ currentTarget }) => {
                  const isConfirmed = currentTarget.value.trim() === email;
                  currentTarget.setCustomValidity(isConfirmed ? '' : t('accountDeletion.confirm', { email }));
                }}
              />
              <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
            </>
          )}
        </RequestForm>
      </details>
    </section>
  );
}
