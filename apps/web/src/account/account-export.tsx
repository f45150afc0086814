import { t } from 'i18next';
import { useState } from 'react';
import { CurrentPasswordField } from '../session/password-field.js';
import { RequestForm } from '../ui/request-form.js';
import { saveFile } from '../ui/save-file.js';
import { exportAccount } from './accounts.js';

/** Downloads the data of the account as a file. */
export function AccountExport() {
  const [isSaved, setSaved] = useState(false);
  const [downloads, setDownloads] = useState(0);
  const download = async (password: string): Promise<void> => {
    setSaved(false);
    const data = JSON.stringify(await exportAccount(password), null, 2);
    saveFile(new Blob([data], { type: 'application/json' }), 'viernes-account.json');
    setSaved(true);
    setDownloads((count) => count + 1);
  };
  return (
    <section aria-labelledby="account-data">
      <h2 id="account-data">{t('accountExport.heading')}</h2>
      <p>{t('accountExport.text')}</p>
      <details>
        <summary>{t('accountExport.summary')}</summary>
        <RequestForm
          // Empties the password field after each download.
          key={downloads}
          send={(read) => download(read('password'))}
          submitText={t('accountExport.download')}
          isQuiet
        >
          {(errors) => (
            <CurrentPasswordField label={t('account.currentPassword')} name="password" error={errors['password']} />
          )}
        </RequestForm>
      </details>
      <div role="status">{isSaved ? <p>{t('accountExport.saved')}</p> : null}</div>
    </section>
  );
}
