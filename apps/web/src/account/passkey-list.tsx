import { useQuery, useQueryClient } from '@tanstack/react-query';
import { limits, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { useRef, useState } from 'react';
import { toMessage } from '../api/problem-messages.js';
import { formatMoment } from '../language/format.js';
import { canUsePasskeys } from '../passkey/authenticator.js';
import { CurrentPasswordField } from '../session/password-field.js';
import { TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';
import { ACCOUNT_QUERIES } from './accounts.js';
import { addPasskey, listPasskeys, removePasskey, renamePasskey } from './passkeys.js';

type Change = 'added' | 'renamed' | 'removed';

/** The passkeys of the account. Adds, renames and removes them. */
export function PasskeyList() {
  const queries = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [change, setChange] = useState<Change>();
  const [addedCount, setAddedCount] = useState(0);
  const { data: passkeys = [], error } = useQuery({
    queryKey: [...ACCOUNT_QUERIES, 'passkeys'],
    queryFn: ({ signal }) => listPasskeys(signal),
    staleTime: 0,
  });
  const onChange = async (next: Change): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ACCOUNT_QUERIES });
    setChange(next);
    // The button that had the focus no longer exists.
    heading.current?.focus();
  };
  const onAdded = async (): Promise<void> => {
    await onChange('added');
    setAddedCount((count) => count + 1);
  };
  return (
    <section aria-labelledby="account-passkeys">
      <h2 id="account-passkeys" ref={heading} tabIndex={-1}>
        {t('passkeys.heading')}
      </h2>
      <p>{t('passkeys.text')}</p>
      <ul className="account-list">
        {passkeys.map((passkey) => (
          <PasskeyItem key={`${passkey.id} ${passkey.name}`} passkey={passkey} onChange={onChange} />
        ))}
      </ul>
      {canUsePasskeys() ? (
        // A new passkey resets the form.
        <AddPasskey key={addedCount} onAdded={onAdded} />
      ) : (
        <p className="account-note">{t('passkeys.unavailable')}</p>
      )}
      <div role="status">
        {change === undefined ? null : <p>{t(`passkeys.${change}`)}</p>}
        {error ? <p className="form-problem">{toMessage(error)}</p> : null}
      </div>
    </section>
  );
}

function AddPasskey({ onAdded }: { readonly onAdded: () => Promise<void> }) {
  const add = async (name: string, password: string): Promise<void> => {
    await addPasskey(name, password);
    await onAdded();
  };
  return (
    <details>
      <summary>{t('passkeys.summary')}</summary>
      <RequestForm send={(read) => add(read('name').trim(), read('password'))} submitText={t('passkeys.add')} isQuiet>
        {(errors) => (
          <>
            <NameField hint={t('passkeys.nameHint')} error={errors['name']} />
            <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
          </>
        )}
      </RequestForm>
    </details>
  );
}

interface PasskeyItemProps {
  readonly passkey: Schema<'Passkey'>;
  readonly onChange: (change: Change) => Promise<void>;
}

function PasskeyItem({ passkey: { id, name, createdAt, lastUsedAt, isBackedUp }, onChange }: PasskeyItemProps) {
  const rename = async (newName: string): Promise<void> => {
    await renamePasskey(id, newName);
    await onChange('renamed');
  };
  const remove = async (): Promise<void> => {
    await removePasskey(id);
    await onChange('removed');
  };
  return (
    <li>
      <div>
        <strong>{name}</strong>
        {isBackedUp ? <span className="tag">{t('passkeys.backedUp')}</span> : null}
        <p className="account-note">
          {t('passkeys.created', { moment: formatMoment(createdAt) })}
          {' · '}
          {lastUsedAt === null ? t('passkeys.neverUsed') : t('devices.lastUsed', { moment: formatMoment(lastUsedAt) })}
        </p>
      </div>
      <details>
        <summary>{t('passkeys.change', { name })}</summary>
        <RequestForm send={(read) => rename(read('name').trim())} submitText={t('passkeys.rename')} isQuiet>
          {(errors) => <NameField defaultValue={name} error={errors['name']} />}
        </RequestForm>
        <RequestForm send={remove} submitText={t('passkeys.remove')} isQuiet>
          {() => null}
        </RequestForm>
      </details>
    </li>
  );
}

interface NameFieldProps {
  readonly defaultValue?: string;
  readonly hint?: string;
  readonly error: string | undefined;
}

function NameField(props: NameFieldProps) {
  const { maxLength } = limits.NewPasskey.name;
  return <TextField label={t('passkeys.name')} name="name" autoComplete="off" required {...{ maxLength }} {...props} />;
}
