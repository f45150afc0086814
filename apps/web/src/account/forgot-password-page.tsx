import { t } from 'i18next';
import { useState } from 'react';
import { Link } from 'react-router';
import { EmailField } from '../session/email-field.js';
import { SessionCard } from '../session/session-card.js';
import { RequestForm } from '../ui/request-form.js';
import { requestPasswordReset } from './accounts.js';

export function ForgotPasswordPage() {
  const [isSent, setSent] = useState(false);
  if (isSent) {
    return (
      <SessionCard heading={t('account.mailSent')} lead={t('account.resetSent')}>
        <Link className="button button-primary button-wide" to="/sign-in">
          {t('signIn.signIn')}
        </Link>
      </SessionCard>
    );
  }
  return (
    <SessionCard heading={t('account.forgotPassword')} lead={t('account.forgotPasswordText')}>
      <RequestForm
        send={async (read) => {
          await requestPasswordReset(read('email').trim());
          setSent(true);
        }}
        submitText={t('account.sendLink')}
      >
        {(errors) => <EmailField error={errors['email']} />}
      </RequestForm>
    </SessionCard>
  );
}
