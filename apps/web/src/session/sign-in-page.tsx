import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { usePageTitle } from '../shell/page-title.js';
import { PosterArt } from '../poster/poster-art.js';
import { returnAddress } from './return-address.js';
import { SignInForm } from './sign-in-form.js';
import { useSession } from './use-session.js';
import './sign-in.css';

export function SignInPage() {
  const [parameters] = useSearchParams();
  const [isNew, setNew] = useState(parameters.has('new'));
  const state = useSession();
  usePageTitle(isNew ? 'Create account' : 'Sign in');
  if (state.status === 'signed-in') return <Navigate to={returnAddress(parameters.get('return'))} replace />;
  return (
    <div className="sign-in">
      <div className="sign-in-art" aria-hidden="true">
        <PosterArt title={{ id: 'viernes-foyer-7', genres: ['Action'] }} format="landscape" />
      </div>
      <section className="sign-in-card" aria-labelledby="sign-in-heading">
        <p className="eyebrow">Film night, every night</p>
        <h1 id="sign-in-heading">{isNew ? 'Take a seat' : 'Welcome back'}</h1>
        <p className="sign-in-lead">
          {isNew ? 'One account, and the house lights go down.' : 'Sign in to play, and to go on where you stopped.'}
        </p>
        <SignInForm key={String(isNew)} isNew={isNew} />
        <p className="sign-in-switch">
          {isNew ? 'Have an account?' : 'New here?'}{' '}
          <button type="button" className="link-button" onClick={() => setNew(!isNew)}>
            {isNew ? 'Sign in instead' : 'Create one'}
          </button>
        </p>
      </section>
    </div>
  );
}
