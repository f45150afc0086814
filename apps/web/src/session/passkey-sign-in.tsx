import { t } from 'i18next';
import { readData } from '../api/problem.js';
import { canUsePasskeys, signWithPasskey } from '../passkey/authenticator.js';
import { RequestForm } from '../ui/request-form.js';
import { followProfileLanguage } from './profile-language.js';
import { publicEdge } from './refresh-session.js';
import { sessionStore } from './session-store.js';

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

/** @throws Problem PASSKEY_REJECTED, PASSKEY_CANCELED, and others */
async function signInWithPasskey(): Promise<void> {
  const options = await readData(publicEdge.POST('/v1/sessions/passkey-challenges'));
  const credential = await signWithPasskey(options);
  const session = await readData(publicEdge.POST('/v1/sessions/passkey', { body: { credential } }));
  sessionStore.set({ status: 'signed-in', session });
  followProfileLanguage(session);
}
