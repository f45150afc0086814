import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';
import { createAccount, signIn } from './accounts.js';
import { EmailField } from './email-field.js';
import { CurrentPasswordField, NewPasswordField } from './password-field.js';

/** Signs in. The page redirects as soon as there is a session. */
export function SignInForm() {
  return (
    <RequestForm send={(read) => signIn(read('email').trim(), read('password'))} submitText={t('signIn.signIn')}>
      {(errors) => (
        <>
          <EmailField error={errors['email']} />
          <CurrentPasswordField label={t('signIn.password')} name="password" error={errors['password']} />
        </>
      )}
    </RequestForm>
  );
}

/** Creates an account and signs in. */
export function SignUpForm() {
  return (
    <RequestForm
      send={(read) => createAccount(read('email').trim(), read('password'), read('profileName').trim())}
      submitText={t('signIn.submitNew')}
    >
      {(errors) => (
        <>
          <TextField
            label={t('signIn.yourName')}
            name="profileName"
            autoComplete="nickname"
            required
            maxLength={limits.NewAccount.profileName.maxLength}
            error={errors['profileName']}
          />
          <EmailField error={errors['email']} />
          <NewPasswordField label={t('signIn.password')} name="password" error={errors['password']} />
        </>
      )}
    </RequestForm>
  );
}
