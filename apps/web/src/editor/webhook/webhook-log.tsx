import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { toMessage } from '../../api/problem-messages.js';
import { formatMoment, formatNumber } from '../../language/format.js';
import { CURSOR_PAGES } from '../../ui/cursor-pages.js';
import { NextPageButton } from '../../ui/next-page-button.js';
import { listDeliveries, redeliver, WEBHOOK_QUERIES, type WebhookDelivery } from './webhook-requests.js';
import { toResultText, toStateText, toTypeText } from './webhook-text.js';

/** The deliveries of a webhook, newest first. Each can be sent again. */
export function WebhookLog({ webhookId }: { readonly webhookId: string }) {
  const queries = useQueryClient();
  const queryKey = [...WEBHOOK_QUERIES, webhookId];
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => listDeliveries(webhookId, pageParam, signal),
    ...CURSOR_PAGES,
  });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: WEBHOOK_QUERIES });
  const repeat = useMutation({ mutationFn: (id: string) => redeliver(webhookId, id), onSuccess: refresh });
  const { data, error } = pages;
  const deliveries = data?.pages.flatMap((page) => page.deliveries) ?? [];
  const problem = repeat.error ?? error;
  return (
    <>
      <h4>{t('editor.webhooks.log')}</h4>
      {data && deliveries.length === 0 ? <p className="field-hint">{t('editor.webhooks.noDeliveries')}</p> : null}
      {deliveries.length > 0 ? (
        <div className="webhook-log" role="group" aria-label={t('editor.webhooks.log')} tabIndex={0}>
          <DeliveryTable deliveries={deliveries} isBusy={repeat.isPending} onRepeat={repeat.mutate} />
        </div>
      ) : null}
      <div role="alert" className="form-problem">
        {problem ? <p>{toMessage(problem)}</p> : null}
      </div>
      <div className="editor-actions">
        <button type="button" className="button button-quiet button-small" onClick={() => void refresh()}>
          {t('editor.webhooks.refresh')}
        </button>
        <NextPageButton pages={pages} text={t('editor.webhooks.earlier')} />
      </div>
    </>
  );
}

interface DeliveryTableProps {
  readonly deliveries: readonly WebhookDelivery[];
  readonly isBusy: boolean;
  readonly onRepeat: (id: string) => void;
}

function DeliveryTable({ deliveries, isBusy, onRepeat }: DeliveryTableProps) {
  const headings = [
    t('editor.webhooks.event'),
    t('editor.webhooks.createdAt'),
    t('editor.webhooks.state'),
    t('editor.webhooks.attempts'),
    t('editor.webhooks.result'),
    t('editor.webhooks.actions'),
  ];
  return (
    <table>
      <thead>
        <tr>
          {headings.map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <tr key={delivery.id}>
            <th scope="row">{toTypeText(delivery.type)}</th>
            <td>{formatMoment(delivery.createdAt)}</td>
            <td>{toStateText(delivery.state)}</td>
            <td>{formatNumber(delivery.attempts)}</td>
            <td>{toResultText(delivery)}</td>
            <td>
              <button
                type="button"
                className="button button-quiet button-small"
                disabled={isBusy}
                onClick={() => onRepeat(delivery.id)}
              >
                {t('editor.webhooks.redeliver')}
              </button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
