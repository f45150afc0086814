import { useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { IssuedSecret } from '../ui/issued-secret.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { ACCOUNT_QUERIES } from './accounts.js';
import { ApiKeyItem } from './api-key-item.js';
import { type ApiKeySecret, listApiKeys } from './api-keys.js';
import { NewApiKey } from './new-api-key.js';
import './account.css';

/** The API keys of the account. Creates, rotates and revokes them. */
export function ApiKeysPage() {
  usePageTitle(t('apiKeys.heading'));
  return (
    <div className="account">
      <Link to="/account">{t('apiKeys.back')}</Link>
      <h1>{t('apiKeys.heading')}</h1>
      <p>{t('apiKeys.text')}</p>
      <ApiKeys />
    </div>
  );
}

function ApiKeys() {
  const queries = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [issued, setIssued] = useState<ApiKeySecret>();
  const [revoked, setRevoked] = useState<string>();
  const [createdCount, setCreatedCount] = useState(0);
  const { data, error } = useQuery({
    queryKey: [...ACCOUNT_QUERIES, 'api-keys'],
    queryFn: ({ signal }) => listApiKeys(signal),
    staleTime: 0,
  });
  const onIssued = async (secret: ApiKeySecret): Promise<void> => {
    setRevoked(undefined);
    setIssued(secret);
    await queries.invalidateQueries({ queryKey: ACCOUNT_QUERIES });
  };
  const onCreated = async (secret: ApiKeySecret): Promise<void> => {
    await onIssued(secret);
    setCreatedCount((count) => count + 1);
  };
  const onRevoked = async (name: string): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ACCOUNT_QUERIES });
    setIssued(undefined);
    setRevoked(name);
    // The button that had the focus no longer exists.
    heading.current?.focus();
  };
  return (
    <>
      {issued ? (
        <IssuedSecret
          key={issued.secret}
          heading={t('apiKeys.secret', { name: issued.apiKey.name })}
          secret={issued.secret}
        />
      ) : null}
      <section aria-labelledby="api-keys">
        <h2 id="api-keys" ref={heading} tabIndex={-1}>
          {t('apiKeys.list')}
        </h2>
        <ul className="account-list">
          {data?.map((apiKey) => (
            <ApiKeyItem key={apiKey.id} apiKey={apiKey} onRotated={onIssued} onRevoked={onRevoked} />
          ))}
        </ul>
        {data?.length === 0 ? <p className="account-note">{t('apiKeys.none')}</p> : null}
        <div role="status">
          {revoked === undefined ? null : <p>{t('apiKeys.revoked', { name: revoked })}</p>}
          {error ? <p className="form-problem">{toMessage(error)}</p> : null}
        </div>
      </section>
      {/* A new API key resets the form. */}
      <NewApiKey key={createdCount} onCreated={onCreated} />
    </>
  );
}
