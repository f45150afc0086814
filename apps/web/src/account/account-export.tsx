import { t } from 'i18next';
import { useState } from 'react';
import { CurrentPasswordField } from '../session/password-field.js';
import { RequestForm } from '../ui/request-form.js';
import { exportAccount } from './accounts.js';

/** Downloads the data of the account as a file. */
export function AccountExport() {
  const [isSaved, setSaved] = useState(false);
  const download = async (password: string): Promise<void> => {
    setSaved(false);
    saveFile(await exportAccount(password));
    setSaved(true);
  };
  return (
    <section aria-labelledby="account-data">
      <h2 id="account-data">{t('accountExport.heading')}</h2>
      <p>{t('accountExport.text')}</p>
      <details>
        <summary>{t('accountExport.summary')}</summary>
        <RequestForm send={(read) => download(read('password'))} submitText={t('accountExport.download')} isQuiet>
          {(errors) => (
            <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
          )}
        </RequestForm>
      </details>
      <div role="status">{isSaved ? <p>{t('accountExport.saved')}</p> : null}</div>
    </section>
  );
}

/** A link to the API would not send the password. */
function saveFile(data: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'viernes-account.json';
  link.click();
  URL.revokeObjectURL(url);
}
