import { limits } from '@viernes/api-client';
import { t } from 'i18next';
import { TextField } from '../ui/field.js';

const { minLength, maxLength } = limits.NewAccount.password;

interface PasswordFieldProps {
  readonly label: string;
  readonly name: string;
  readonly error: string | undefined;
}

export function CurrentPasswordField(props: PasswordFieldProps) {
  return <TextField {...props} type="password" autoComplete="current-password" maxLength={maxLength} required />;
}

export function NewPasswordField(props: PasswordFieldProps) {
  const hint = t('signIn.passwordHint', { min: minLength });
  return (
    <TextField {...props} type="password" autoComplete="new-password" {...{ minLength, maxLength, hint }} required />
  );
}
