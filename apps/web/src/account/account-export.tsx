import { useMutation } from '@tanstack/react-query';
import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { exportAccount } from './accounts.js';

/** Downloads the data of the account as a file. */
export function AccountExport() {
  const download = useMutation({ mutationFn: async () => saveFile(await exportAccount()) });
  return (
    <section aria-labelledby="account-data">
      <h2 id="account-data">{t('accountExport.heading')}</h2>
      <p>{t('accountExport.text')}</p>
      <button
        type="button"
        className="button button-quiet"
        disabled={download.isPending}
        onClick={() => download.mutate()}
      >
        {t('accountExport.download')}
      </button>
      <div role="status">
        {download.isSuccess ? <p>{t('accountExport.saved')}</p> : null}
        {download.isError ? <p className="form-problem">{toMessage(download.error)}</p> : null}
      </div>
    </section>
  );
}

/** A link to the API would send no access token. */
function saveFile(data: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'viernes-account.json';
  link.click();
  URL.revokeObjectURL(url);
}
