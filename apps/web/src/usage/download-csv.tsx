import { useMutation } from '@tanstack/react-query';
import { t } from 'i18next';
import { toMessage } from '../api/problem-messages.js';
import { saveFile } from '../ui/save-file.js';
import { readUsageCsv } from './usage-requests.js';

/** Downloads a report for spreadsheets. */
export function DownloadCsv({ query }: { readonly query: Parameters<typeof readUsageCsv>[0] }) {
  const download = useMutation({
    mutationFn: async () => saveFile(await readUsageCsv(query), 'viernes-usage.csv'),
  });
  return (
    <div>
      <button
        type="button"
        className="button button-quiet"
        disabled={download.isPending}
        onClick={() => download.mutate()}
      >
        {t('usage.download')}
      </button>
      <div role="status">{download.isError ? <p className="form-problem">{toMessage(download.error)}</p> : null}</div>
    </div>
  );
}
