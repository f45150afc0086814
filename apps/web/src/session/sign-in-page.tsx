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
  const heading = isNew ? 'Create an account' : 'Sign in';
  usePageTitle(heading);
  if (state.status === 'signed-in') return <Navigate to={returnPath(parameters.get('return'))} replace />;
  return (
    <div className="sign-in">
      <div className="sign-in-art" aria-hidden="true">
        <PosterArt title={{ id: 'viernes-foyer-7', genres: ['Action'] }} format="landscape" />
      </div>
      <section className="sign-in-card" aria-labelledby="sign-in-heading">
        <p className="eyebrow">Film night, every night</p>
        <h1 id="sign-in-heading">{heading}</h1>
        <p className="sign-in-lead">
          {isNew ? 'An account is free and takes a moment.' : 'Play titles and resume where you stopped.'}
        </p>
        <SignInForm key={String(isNew)} isNew={isNew} />
        <p className="sign-in-switch">
          {isNew ? 'Already have an account?' : 'New to Viernes?'}{' '}
          <button type="button" className="link-button" onClick={() => setNew(!isNew)}>
            {isNew ? 'Sign in instead' : 'Create one'}
          </button>
        </p>
      </section>
    </div>
  );
}
