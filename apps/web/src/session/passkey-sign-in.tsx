import { t } from 'i18next';
import { canUsePasskeys } from '../passkey/authenticator.js';
import { RequestForm } from '../ui/request-form.js';
import { signInWithPasskey } from './accounts.js';

/** Signs in without email and password. Shows nothing if this page cannot use passkeys. */
export function PasskeySignIn() {
  if (!canUsePasskeys()) return null;
  return (
    <div className="session-alternative">
      <RequestForm send={signInWithPasskey} submitText={t('signIn.withPasskey')} isQuiet>
        {() => null}
      </RequestForm>
    </div>
  );
}
