import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { formatMoment } from '../language/format.js';
import { CurrentPasswordField } from '../session/password-field.js';
import { PROVIDER_QUERY, startIdentityLink } from '../session/provider-sign-in.js';
import { RequestForm } from '../ui/request-form.js';
import { ACCOUNT_QUERIES } from './accounts.js';
import { listIdentities, removeIdentity } from './identities.js';

/** The identities at sign-in providers. Adds and removes them. Shows nothing without providers and identities. */
export function IdentityList() {
  const queries = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isRemoved, setRemoved] = useState(false);
  const { data: providers = [] } = useQuery(PROVIDER_QUERY);
  const { data, error } = useQuery({
    queryKey: [...ACCOUNT_QUERIES, 'identities'],
    queryFn: ({ signal }) => listIdentities(signal),
    staleTime: 0,
  });
  const { identities = [], hasPassword = true } = data ?? {};
  const remove = async (id: string): Promise<void> => {
    await removeIdentity(id);
    await queries.invalidateQueries({ queryKey: ACCOUNT_QUERIES });
    setRemoved(true);
    // The button that had the focus no longer exists.
    heading.current?.focus();
  };
  if (providers.length + identities.length === 0) return null;
  return (
    <section aria-labelledby="account-identities">
      <h2 id="account-identities" ref={heading} tabIndex={-1}>
        {t('identities.heading')}
      </h2>
      <p>{t('identities.text')}</p>
      {hasPassword ? null : (
        <p className="account-note">
          {t('identities.noPassword')} <Link to="/forgot-password">{t('identities.setPassword')}</Link>
        </p>
      )}
      <ul className="account-list">
        {identities.map((identity) => (
          <IdentityItem key={identity.id} identity={identity} onRemove={() => remove(identity.id)} />
        ))}
      </ul>
      {providers
        .filter(({ name }) => identities.every(({ providerName }) => providerName !== name))
        .map((provider) => (
          <AddIdentity key={provider.id} provider={provider} />
        ))}
      <div role="status">
        {isRemoved ? <p>{t('identities.removed')}</p> : null}
        {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      </div>
    </section>
  );
}

function AddIdentity({ provider: { id, name } }: { readonly provider: Schema<'SignInProvider'> }) {
  return (
    <details>
      <summary>{t('identities.summary', { name })}</summary>
      <RequestForm
        send={(read) => startIdentityLink(id, read('password'))}
        submitText={t('signIn.withProvider', { name })}
        isQuiet
      >
        {(errors) => (
          <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
        )}
      </RequestForm>
    </details>
  );
}

interface IdentityItemProps {
  readonly identity: Schema<'Identity'>;
  readonly onRemove: () => Promise<void>;
}

function IdentityItem({ identity: { providerName, email, createdAt, lastUsedAt }, onRemove }: IdentityItemProps) {
  return (
    <li>
      <div>
        <strong>{providerName}</strong>
        {email === null ? null : <span className="tag">{email}</span>}
        <p className="account-note">
          {t('passkeys.created', { moment: formatMoment(createdAt) })}
          {' · '}
          {lastUsedAt === null ? t('passkeys.neverUsed') : t('devices.lastUsed', { moment: formatMoment(lastUsedAt) })}
        </p>
      </div>
      <details>
        <summary>{t('passkeys.change', { name: providerName })}</summary>
        <RequestForm send={onRemove} submitText={t('identities.remove', { name: providerName })} isQuiet>
          {() => null}
        </RequestForm>
      </details>
    </li>
  );
}
