import { enumValues, limits, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { TextField } from '../../ui/field.js';
import { RequestForm } from '../../ui/request-form.js';
import { createWebhook } from './webhook-requests.js';
import { toTypeText } from './webhook-text.js';

/** Creates a webhook with a URL and event types. */
export function NewWebhook({ onCreated }: { readonly onCreated: (secret: Schema<'WebhookSecret'>) => Promise<void> }) {
  const create = async (read: (name: string) => string): Promise<void> => {
    const eventTypes = enumValues.WebhookEventType.filter((type) => read(type) !== '');
    await onCreated(await createWebhook({ url: read('url').trim(), eventTypes: [...eventTypes] }));
  };
  return (
    <section className="panel" aria-labelledby="new-webhook">
      <h2 id="new-webhook">{t('editor.webhooks.new')}</h2>
      <RequestForm send={create} submitText={t('editor.webhooks.create')} isQuiet>
        {(errors) => (
          <>
            <TextField
              label={t('editor.webhooks.url')}
              name="url"
              type="url"
              hint={t('editor.webhooks.urlHint')}
              error={errors['url']}
              autoComplete="off"
              maxLength={limits.NewWebhook.url.maxLength}
              required
            />
            <fieldset
              className="webhook-types"
              aria-describedby={errors['eventTypes'] === undefined ? undefined : 'webhook-types-error'}
            >
              <legend>{t('editor.webhooks.events')}</legend>
              {enumValues.WebhookEventType.map((type) => (
                <label key={type}>
                  <input type="checkbox" name={type} /> {toTypeText(type)}
                </label>
              ))}
              {errors['eventTypes'] === undefined ? null : (
                <p className="field-error" id="webhook-types-error">
                  {errors['eventTypes']}
                </p>
              )}
            </fieldset>
          </>
        )}
      </RequestForm>
    </section>
  );
}
