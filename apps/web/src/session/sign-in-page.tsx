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
  const [isSignUp, setSignUp] = useState(parameters.has('new'));
  const state = useSession();
  const heading = isSignUp ? t('signIn.createAccount') : t('signIn.signIn');
  const path = returnPath(parameters.get('return'));
  if (state.status === 'signed-in') return <Navigate to={path} replace />;
  return (
    <SessionCard heading={heading} lead={isSignUp ? t('signIn.leadNew') : t('signIn.lead')}>
      {isSignUp ? <SignUpForm /> : <SignInForm />}
      {isSignUp ? null : <PasskeySignIn />}
      <ProviderButtons path={path} />
      {isSignUp ? null : (
        <p className="session-note">
          <Link to="/forgot-password">{t('account.forgotPassword')}</Link>
        </p>
      )}
      <p className="session-note">
        {isSignUp ? t('signIn.hasAccount') : t('signIn.isNew')}{' '}
        <button type="button" className="link-button" onClick={() => setSignUp(!isSignUp)}>
          {isSignUp ? t('signIn.signInInstead') : t('signIn.create')}
        </button>
      </p>
    </SessionCard>
  );
}
