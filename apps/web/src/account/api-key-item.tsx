import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { useState } from 'react';
import { formatMoment } from '../language/format.js';
import { CurrentPasswordField } from '../session/password-field.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';
import { type ApiKey, type ApiKeySecret, revokeApiKey, rotateApiKey } from './api-keys.js';
import { toMessage } from '../api/problem-messages.js';
import { ValidDaysField } from './valid-days-field.js';

const DEFAULT_OVERLAP_HOURS = 24;

interface ApiKeyItemProps {
  readonly apiKey: ApiKey;
  readonly onRotated: (secret: ApiKeySecret) => Promise<void>;
  readonly onRevoked: (name: string) => Promise<void>;
}

export function ApiKeyItem({ apiKey, onRotated, onRevoked }: ApiKeyItemProps) {
  const { name, prefix, scopes, expiresAt, lastUsedAt } = apiKey;
  return (
    <li>
      <div>
        <strong>{name}</strong> <code>{`${prefix}…`}</code>
        <p className="account-note">
          {scopes.map((scope) => (
            <code key={scope} className="tag">
              {scope}
            </code>
          ))}
        </p>
        <p className="account-note">
          {t('apiKeys.expires', { moment: formatMoment(expiresAt) })}
          {' · '}
          {lastUsedAt === null ? t('passkeys.neverUsed') : t('devices.lastUsed', { moment: formatMoment(lastUsedAt) })}
        </p>
      </div>
      {/* A rotation changes `expiresAt`. The new React key closes the form. */}
      <Rotation key={expiresAt} apiKey={apiKey} onRotated={onRotated} />
      <Revocation apiKey={apiKey} onRevoked={onRevoked} />
    </li>
  );
}

function Rotation({ apiKey: { id, name }, onRotated }: Pick<ApiKeyItemProps, 'apiKey' | 'onRotated'>) {
  const { minimum: min, maximum: max } = limits.ApiKeyRotation.overlapHours;
  const rotate = async (read: (name: string) => string): Promise<void> => {
    const [overlapHours, validDays] = [Number(read('overlapHours')), Number(read('validDays'))];
    await onRotated(await rotateApiKey(id, { overlapHours, validDays, password: read('password') }));
  };
  return (
    <details>
      <summary>{t('apiKeys.rotate', { name })}</summary>
      <RequestForm send={rotate} submitText={t('apiKeys.rotateSubmit')} isQuiet>
        {(errors) => (
          <>
            <TextField
              label={t('apiKeys.overlapHours')}
              hint={t('apiKeys.overlapHint')}
              name="overlapHours"
              type="number"
              defaultValue={DEFAULT_OVERLAP_HOURS}
              error={errors['overlapHours']}
              required
              {...{ min, max }}
            />
            <ValidDaysField error={errors['validDays']} />
            <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
          </>
        )}
      </RequestForm>
    </details>
  );
}

function Revocation({ apiKey: { id, name }, onRevoked }: Pick<ApiKeyItemProps, 'apiKey' | 'onRevoked'>) {
  const [isConfirming, setConfirming] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const revoke = async (): Promise<void> => {
    setConfirming(false);
    setProblem(undefined);
    try {
      await revokeApiKey(id);
      await onRevoked(name);
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <>
      <button type="button" className="button button-quiet" onClick={() => setConfirming(true)}>
        {t('apiKeys.revoke', { name })}
      </button>
      <div role="alert" className="form-problem">
        {problem === undefined ? null : <p>{toMessage(problem)}</p>}
      </div>
      {isConfirming ? (
        <ConfirmDialog
          heading={t('apiKeys.revokeHeading', { name })}
          confirmText={t('apiKeys.revokeConfirm')}
          cancelText={t('common.cancel')}
          onConfirm={() => void revoke()}
          onCancel={() => setConfirming(false)}
        >
          <p>{t('apiKeys.revokeText')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
