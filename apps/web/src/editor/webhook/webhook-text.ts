import { t } from 'i18next';
import { formatMoment } from '../../language/format.js';
import type { Webhook, WebhookDelivery } from './webhook-requests.js';

const TYPES: Readonly<Record<WebhookDelivery['type'], () => string>> = {
  'title.published': () => t('editor.webhooks.titlePublished'),
  'asset.failed': () => t('editor.webhooks.assetFailed'),
  'webhook.test': () => t('editor.webhooks.test'),
};

/** Describes when messages of a type are sent. */
export const toTypeText = (type: WebhookDelivery['type']): string => TYPES[type]();

const STATES: Readonly<Record<WebhookDelivery['state'], () => string>> = {
  pending: () => t('editor.webhooks.pending'),
  delivered: () => t('editor.webhooks.delivered'),
  failed: () => t('editor.webhooks.failed'),
};

export const toStateText = (state: WebhookDelivery['state']): string => STATES[state]();

const ERRORS: Readonly<Record<NonNullable<WebhookDelivery['lastError']>, (status: number) => string>> = {
  status: (status) => t('editor.webhooks.errorStatus', { status }),
  redirect: (status) => t('editor.webhooks.errorRedirect', { status }),
  timeout: () => t('editor.webhooks.errorTimeout'),
  connection: () => t('editor.webhooks.errorConnection'),
  certificate: () => t('editor.webhooks.errorCertificate'),
  nameNotFound: () => t('editor.webhooks.errorNameNotFound'),
  addressNotAllowed: () => t('editor.webhooks.errorAddressNotAllowed'),
  httpsRequired: () => t('editor.webhooks.errorHttpsRequired'),
};

/** Describes the outcome of the latest attempt. */
export function toResultText({ lastError, lastStatus }: WebhookDelivery): string {
  if (lastError !== null) return ERRORS[lastError](lastStatus ?? 0);
  return lastStatus === null ? t('editor.webhooks.notSent') : t('editor.webhooks.errorStatus', { status: lastStatus });
}

const DISABLED: Readonly<Record<NonNullable<Webhook['disabledReason']>, () => string>> = {
  gone: () => t('editor.webhooks.disabledGone'),
  failing: () => t('editor.webhooks.disabledFailing'),
  role: () => t('editor.webhooks.disabledRole'),
};

/** Describes whether a webhook sends messages, and its problems. */
export function listWebhookFacts(webhook: Webhook): string[] {
  const { isEnabled, disabledReason, failingSince, previousSecretExpiresAt: until } = webhook;
  const disabled = disabledReason === null ? t('editor.webhooks.disabled') : DISABLED[disabledReason]();
  return [
    isEnabled ? t('editor.webhooks.enabled') : disabled,
    ...(failingSince === null ? [] : [t('editor.webhooks.failingSince', { moment: formatMoment(failingSince) })]),
    ...(until === null ? [] : [t('editor.webhooks.previousSecret', { moment: formatMoment(until) })]),
  ];
}
