import type { Schema } from '@viernes/api-client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { t } from 'i18next';
import { useRef, useState } from 'react';
import { toMessage } from '../../api/problem-messages.js';
import { IssuedSecret } from '../../ui/issued-secret.js';
import { Loading } from '../../ui/loading.js';
import { usePageTitle } from '../../ui/use-page-title.js';
import { NewWebhook } from './new-webhook.js';
import { WebhookItem } from './webhook-item.js';
import { listWebhooks, WEBHOOK_QUERIES } from './webhook-requests.js';
import './webhooks.css';

/** The webhooks of an editor, each with its log. */
export function WebhooksPage() {
  usePageTitle(t('editor.webhooks.heading'));
  const queries = useQueryClient();
  const heading = useRef<HTMLHeadingElement>(null);
  const [secret, setSecret] = useState<string>();
  const [isDeleted, setDeleted] = useState(false);
  const [createdCount, setCreatedCount] = useState(0);
  const { data, error } = useQuery({
    queryKey: WEBHOOK_QUERIES,
    queryFn: ({ signal }) => listWebhooks(signal),
    staleTime: 0,
  });
  const refresh = (): Promise<void> => queries.invalidateQueries({ queryKey: WEBHOOK_QUERIES });
  const onSecret = async (issued: Schema<'WebhookSecret'>): Promise<void> => {
    setDeleted(false);
    setSecret(issued.secret);
    await refresh();
  };
  const onCreated = async (issued: Schema<'WebhookSecret'>): Promise<void> => {
    await onSecret(issued);
    setCreatedCount((count) => count + 1);
  };
  const onDeleted = async (): Promise<void> => {
    setSecret(undefined);
    setDeleted(true);
    await refresh();
    // The focused button was removed with its webhook.
    heading.current?.focus();
  };
  return (
    <div className="page editor">
      <header className="editor-head">
        <h1>{t('editor.webhooks.heading')}</h1>
        <p>{t('editor.webhooks.lead')}</p>
      </header>
      {secret === undefined ? null : (
        <IssuedSecret key={secret} heading={t('editor.webhooks.secret')} secret={secret} />
      )}
      <section aria-labelledby="webhooks">
        <h2 id="webhooks" ref={heading} tabIndex={-1}>
          {t('editor.webhooks.list')}
        </h2>
        {data === undefined && !error ? <Loading /> : null}
        {data?.length === 0 ? <p className="field-hint">{t('editor.webhooks.none')}</p> : null}
        <ul className="webhook-list">
          {data?.map((webhook) => (
            <WebhookItem key={webhook.id} webhook={webhook} onSecret={onSecret} onDeleted={onDeleted} />
          ))}
        </ul>
        <div role="status">
          {isDeleted ? <p>{t('editor.webhooks.deleted')}</p> : null}
          {error ? <p className="form-problem">{toMessage(error)}</p> : null}
        </div>
      </section>
      {/* A new webhook resets the form. */}
      <NewWebhook key={createdCount} onCreated={onCreated} />
    </div>
  );
}
