import { enumValues, limits, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { CurrentPasswordField } from '../session/password-field.js';
import { useIsLimited } from '../session/use-session.js';
import { TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';
import { toScopeText } from './api-key-scopes.js';
import { type ApiKeySecret, createApiKey } from './api-keys.js';
import { ValidDaysField } from './valid-days-field.js';
import './new-api-key.css';

type Scope = Schema<'ApiKeyScope'>;

export interface NewApiKeyProps {
  readonly onCreated: (secret: ApiKeySecret) => Promise<void>;
  /** Selected until the user changes the selection. */
  readonly initialScopes?: readonly Scope[];
}

/** Creates an API key with a name and scopes. A profile with a maximum age cannot create one. */
export function NewApiKey({ onCreated, initialScopes = [] }: NewApiKeyProps) {
  const isLimited = useIsLimited();
  const create = async (read: (name: string) => string): Promise<void> => {
    const scopes = enumValues.ApiKeyScope.filter((scope) => read(scope) !== '');
    const validDays = Number(read('validDays'));
    await onCreated(
      await createApiKey({ name: read('name').trim(), scopes: [...scopes], validDays, password: read('password') }),
    );
  };
  return (
    <section aria-labelledby="new-api-key">
      <h2 id="new-api-key">{t('apiKeys.new')}</h2>
      {isLimited ? (
        <p>{t('problems.PROFILE_LIMITED')}</p>
      ) : (
        <RequestForm send={create} submitText={t('apiKeys.create')} isQuiet>
          {(errors) => (
            <>
              <TextField
                label={t('apiKeys.name')}
                name="name"
                hint={t('apiKeys.nameHint')}
                error={errors['name']}
                autoComplete="off"
                maxLength={limits.NewApiKey.name.maxLength}
                required
              />
              <ScopeFields error={errors['scopes']} initialScopes={initialScopes} />
              <ValidDaysField error={errors['validDays']} />
              <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
            </>
          )}
        </RequestForm>
      )}
    </section>
  );
}

interface ScopeFieldsProps {
  readonly error: string | undefined;
  readonly initialScopes: readonly Scope[];
}

function ScopeFields({ error, initialScopes }: ScopeFieldsProps) {
  return (
    <fieldset className="api-key-scopes" aria-describedby={error === undefined ? undefined : 'api-key-scopes-error'}>
      <legend>{t('apiKeys.scopes')}</legend>
      {enumValues.ApiKeyScope.map((scope: Scope) => (
        <label key={scope}>
          <input type="checkbox" name={scope} defaultChecked={initialScopes.includes(scope)} />
          <span>
            {toScopeText(scope)} <code>{scope}</code>
          </span>
        </label>
      ))}
      {error === undefined ? null : (
        <p className="field-error" id="api-key-scopes-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
