import { t } from 'i18next';
import { CurrentPasswordField } from '../session/password-field.js';
import { TextField } from '../ui/field.js';
import { RequestForm } from '../ui/request-form.js';

interface PinFormProps {
  readonly label: string;
  readonly submitText: string;
  readonly send: (pin: string) => Promise<void>;
  /** Whether the form is the main action of its page. */
  readonly isMain?: boolean;
}

export function PinForm({ label, submitText, send, isMain = false }: PinFormProps) {
  return (
    <RequestForm send={(read) => send(read('pin'))} submitText={submitText} isQuiet={!isMain}>
      {(errors) => (
        <TextField
          label={label}
          name="pin"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          pattern="[0-9]{4}"
          title={t('profiles.pinHint')}
          hint={t('profiles.pinHint')}
          maxLength={4}
          required
          autoFocus={isMain}
          error={errors['pin']}
        />
      )}
    </RequestForm>
  );
}

/** Removes a PIN, for example a forgotten one, with the password of the account. */
export function PinRemovalForm({ send }: { readonly send: (password: string) => Promise<void> }) {
  return (
    <RequestForm send={(read) => send(read('password'))} submitText={t('profiles.removePin')} isQuiet>
      {(errors) => (
        <CurrentPasswordField label={t('profiles.accountPassword')} name="password" error={errors['password']} />
      )}
    </RequestForm>
  );
}
