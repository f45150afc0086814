import type { Schema } from '@viernes/api-client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useState } from 'react';
import { toMessage } from '../../api/problem-messages.js';
import { ConfirmDialog } from '../../ui/confirm-dialog.js';
import { WebhookLog } from './webhook-log.js';
import {
  deleteWebhook,
  rotateSecret,
  sendTest,
  setEnabled,
  WEBHOOK_QUERIES,
  type Webhook,
} from './webhook-requests.js';
import { listWebhookFacts, toTypeText } from './webhook-text.js';

interface WebhookItemProps {
  readonly webhook: Webhook;
  readonly onSecret: (secret: Schema<'WebhookSecret'>) => Promise<void>;
  readonly onDeleted: () => Promise<void>;
}

/** A webhook with its actions and its log. */
export function WebhookItem({ webhook, onSecret, onDeleted }: WebhookItemProps) {
  const { id, url, eventTypes, isEnabled } = webhook;
  const queries = useQueryClient();
  const [isConfirming, setConfirming] = useState(false);
  const action = useMutation({
    mutationFn: (run: () => Promise<unknown>) => run(),
    onSuccess: () => queries.invalidateQueries({ queryKey: WEBHOOK_QUERIES }),
  });
  const buttons = [
    { name: t('editor.webhooks.sendTest'), run: () => action.mutate(() => sendTest(id)) },
    isEnabled
      ? { name: t('editor.webhooks.disable'), run: () => action.mutate(() => setEnabled(id, false)) }
      : { name: t('editor.webhooks.enable'), run: () => action.mutate(() => setEnabled(id, true)) },
    { name: t('editor.webhooks.rotate'), run: () => action.mutate(async () => onSecret(await rotateSecret(id))) },
    { name: t('editor.webhooks.delete'), run: () => setConfirming(true) },
  ];
  const remove = async (): Promise<void> => {
    setConfirming(false);
    await deleteWebhook(id);
    await onDeleted();
  };
  return (
    <li className="panel">
      <h3 className="webhook-url">{url}</h3>
      <p className="field-hint">{[...eventTypes.map(toTypeText), ...listWebhookFacts(webhook)].join(' · ')}</p>
      <div className="editor-actions">
        {buttons.map(({ name, run }) => (
          <button
            key={name}
            type="button"
            className="button button-quiet button-small"
            disabled={action.isPending}
            aria-label={t('editor.webhooks.nameAction', { action: name, url })}
            onClick={run}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="alert" className="form-problem">
        {action.error ? <p>{toMessage(action.error)}</p> : null}
      </div>
      <WebhookLog webhookId={id} />
      {isConfirming ? (
        <ConfirmDialog
          heading={t('editor.webhooks.deleteHeading')}
          confirmText={t('editor.webhooks.deleteConfirm')}
          cancelText={t('common.cancel')}
          onConfirm={() => action.mutate(remove)}
          onCancel={() => setConfirming(false)}
        >
          <p>{t('editor.webhooks.deleteText')}</p>
        </ConfirmDialog>
      ) : null}
    </li>
  );
}
