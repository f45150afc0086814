import { t } from 'i18next';
import { useState } from 'react';
import { Link } from 'react-router';
import { NewPasswordField } from '../session/password-field.js';
import { SessionCard } from '../session/session-card.js';
import { RequestForm } from '../ui/request-form.js';
import { resetPassword } from './accounts.js';
import { readLinkToken } from './link-token.js';

/** The page that the link in a mail opens to replace a forgotten password. */
export function ResetPasswordPage() {
  const [token] = useState(readLinkToken);
  const [isDone, setDone] = useState(false);
  if (isDone) {
    return (
      <SessionCard heading={t('account.passwordSaved')} lead={t('account.passwordResetText')}>
        <Link className="button button-primary button-wide" to="/sign-in">
          {t('signIn.signIn')}
        </Link>
        {/* An attacker can have added a passkey, which the reset does not remove. */}
        <p className="session-note">
          {t('account.passkeysRemain')} <Link to="/sign-in?return=/account">{t('account.checkPasskeys')}</Link>
        </p>
      </SessionCard>
    );
  }
  return (
    <SessionCard heading={t('account.resetPassword')} lead={t('account.resetPasswordText')}>
      <RequestForm
        send={async (read) => {
          await resetPassword(token, read('newPassword'));
          setDone(true);
        }}
        submitText={t('account.savePassword')}
      >
        {(errors) => (
          <NewPasswordField label={t('account.newPassword')} name="newPassword" error={errors['newPassword']} />
        )}
      </RequestForm>
      <p className="session-note">
        <Link to="/forgot-password">{t('account.newLink')}</Link>
      </p>
    </SessionCard>
  );
}
