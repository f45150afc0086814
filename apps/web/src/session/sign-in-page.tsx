import { t } from 'i18next';
import { useState } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { PasskeySignIn } from './passkey-sign-in.js';
import { ProviderButtons } from './provider-buttons.js';
import { returnPath } from './return-path.js';
import { SessionCard } from './session-card.js';
import { SignInForm, SignUpForm } from './sign-in-form.js';
import { useSession } from './use-session.js';

export function SignInPage() {
  const [parameters] = useSearchParams();
  const [isNew, setNew] = useState(parameters.has('new'));
  const state = useSession();
  const heading = isNew ? t('signIn.createAccount') : t('signIn.signIn');
  const path = returnPath(parameters.get('return'));
  if (state.status === 'signed-in') return <Navigate to={path} replace />;
  return (
    <SessionCard heading={heading} lead={isNew ? t('signIn.leadNew') : t('signIn.lead')}>
      {isNew ? <SignUpForm /> : <SignInForm />}
      {isNew ? null : <PasskeySignIn />}
      <ProviderButtons path={path} />
      {isNew ? null : (
        <p className="session-note">
          <Link to="/forgot-password">{t('account.forgotPassword')}</Link>
        </p>
      )}
      <p className="session-note">
        {isNew ? t('signIn.hasAccount') : t('signIn.isNew')}{' '}
        <button type="button" className="link-button" onClick={() => setNew(!isNew)}>
          {isNew ? t('signIn.signInInstead') : t('signIn.create')}
        </button>
      </p>
    </SessionCard>
  );
}
