import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { Link, Navigate } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { finishProviderSignIn, isLinking } from './provider-sign-in.js';
import { SessionCard } from './session-card.js';

/** A sign-in provider redirects here. The URL contains a code, so the next page replaces this one in the history. */
export function ProviderCallbackPage() {
  const [isLink] = useState(isLinking);
  const { data: path, error } = useQuery({
    queryKey: ['provider-sign-in'],
    queryFn: finishProviderSignIn,
    retry: false,
    staleTime: Infinity,
  });
  if (path !== undefined) return <Navigate to={path} replace />;
  if (!error) return <SessionCard heading={isLink ? t('identities.adding') : t('signIn.finishing')} />;
  return (
    <SessionCard heading={isLink ? t('identities.notAdded') : t('signIn.notFinished')} lead={toMessage(error)}>
      <Link className="button button-primary button-wide" to={isLink ? '/account' : '/sign-in'} replace>
        {isLink ? t('account.heading') : t('signIn.signIn')}
      </Link>
    </SessionCard>
  );
}
