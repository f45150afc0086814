import { t } from 'i18next';
import { TextField } from '../ui/field.js';

export function EmailField({
  label = t('signIn.email'),
  error,
}: {
  readonly label?: string;
  readonly error: string | undefined;
}) {
  return (
    <TextField
      label={label}
      name="email"
      type="email"
      autoComplete="username"
      inputMode="email"
      required
      error={error}
    />
  );
}
