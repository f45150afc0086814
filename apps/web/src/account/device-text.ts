import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';

/** Returns "Firefox on Linux", or what is known of it. */
export function toDeviceName({ browser, system }: Schema<'Device'>): string {
  if (browser !== null && system !== null) return t('devices.name', { browser, system });
  return browser ?? system ?? t('devices.unknown');
}
