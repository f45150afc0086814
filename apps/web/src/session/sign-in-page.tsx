import { t } from 'i18next';
import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { PosterArt } from '../poster/poster-art.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { returnPath } from './return-path.js';
import { SignInForm } from './sign-in-form.js';
import { useSession } from './use-session.js';
import './sign-in.css';

export function SignInPage() {
  const [parameters] = useSearchParams();
  const [isNew, setNew] = useState(parameters.has('new'));
  const state = useSession();
  const heading = isNew ? t('signIn.createAccount') : t('signIn.signIn');
  usePageTitle(heading);
  if (state.status === 'signed-in') return <Navigate to={returnPath(parameters.get('return'))} replace />;
  return (
    <div className="sign-in">
      <div className="sign-in-art" aria-hidden="true">
        <PosterArt title={{ id: 'viernes-foyer-7', genres: ['Action'] }} format="landscape" />
      </div>
      <section className="sign-in-card" aria-labelledby="sign-in-heading">
        <p className="eyebrow">{t('signIn.tagline')}</p>
        <h1 id="sign-in-heading">{heading}</h1>
        <p className="sign-in-lead">{isNew ? t('signIn.leadNew') : t('signIn.lead')}</p>
        <SignInForm key={String(isNew)} isNew={isNew} />
        <p className="sign-in-switch">
          {isNew ? t('signIn.hasAccount') : t('signIn.isNew')}{' '}
          <button type="button" className="link-button" onClick={() => setNew(!isNew)}>
            {isNew ? t('signIn.signInInstead') : t('signIn.create')}
          </button>
        </p>
      </section>
    </div>
  );
}
