import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { TextField } from '../ui/field.js';

const DEFAULT_DAYS = 90;

/** How long a secret is valid, in days. */
export function ValidDaysField({ error }: { readonly error: string | undefined }) {
  const { minimum: min, maximum: max } = limits.NewApiKey.validDays;
  return (
    <TextField
      label={t('apiKeys.validDays')}
      name="validDays"
      type="number"
      defaultValue={DEFAULT_DAYS}
      error={error}
      required
      {...{ min, max }}
    />
  );
}
