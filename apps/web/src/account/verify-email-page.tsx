import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { Link } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { SessionCard } from '../session/session-card.js';
import { verifyEmail } from './accounts.js';
import { readLinkToken } from './link-token.js';

/** The page that the link in a verification mail opens. */
export function VerifyEmailPage() {
  const [token] = useState(readLinkToken);
  // A query, because React can run an effect twice, and a token is valid once.
  const { isPending, error } = useQuery({
    queryKey: ['verify-email', token],
    queryFn: () => verifyEmail(token),
    retry: false,
    staleTime: Infinity,
  });
  if (isPending) return <SessionCard heading={t('account.verifying')} />;
  return (
    <SessionCard
      heading={error ? t('account.notVerified') : t('account.verified')}
      lead={error ? toMessage(error) : t('account.verifiedText')}
    >
      <Link className="button button-primary button-wide" to={error ? '/account' : '/'}>
        {error ? t('account.heading') : t('app.goHome')}
      </Link>
    </SessionCard>
  );
}
