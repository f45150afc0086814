import { t } from 'i18next';
import { Link } from 'react-router';
import { useRequiredSession } from '../session/require-session.js';
import { usePageTitle } from '../ui/use-page-title.js';
import { AccountDeletion } from './account-deletion.js';
import { AccountExport } from './account-export.js';
import { DeviceList } from './device-list.js';
import { EmailForm } from './email-form.js';
import { EmailStatus } from './email-status.js';
import { IdentityList } from './identity-list.js';
import { PasskeyList } from './passkey-list.js';
import { PasswordForm } from './password-form.js';
import { SecurityEvents } from './security-events.js';
import './account.css';

export function AccountPage() {
  const { account } = useRequiredSession();
  usePageTitle(t('account.heading'));
  return (
    <div className="account">
      <h1>{t('account.heading')}</h1>
      <section aria-labelledby="account-email">
        <h2 id="account-email">{t('signIn.email')}</h2>
        <EmailStatus account={account} />
        <EmailForm />
      </section>
      <section aria-labelledby="account-password">
        <h2 id="account-password">{t('signIn.password')}</h2>
        <PasswordForm />
      </section>
      <PasskeyList />
      <IdentityList />
      <section aria-labelledby="account-api-keys">
        <h2 id="account-api-keys">{t('apiKeys.heading')}</h2>
        <p>{t('apiKeys.text')}</p>
        <Link className="button button-quiet" to="/account/api-keys">
          {t('apiKeys.manage')}
        </Link>
        <Link className="button button-quiet" to="/account/usage">
          {t('usage.ownHeading')}
        </Link>
        <Link className="button button-quiet" to="/developers">
          {t('app.developers')}
        </Link>
      </section>
      <DeviceList />
      <SecurityEvents />
      <AccountExport />
      <AccountDeletion email={account.email} />
    </div>
  );
}
