import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';

/** Returns a name such as "Firefox on Linux". Omits an unknown browser or system. */
export function toDeviceName({ browser, system }: Schema<'Device'>): string {
  if (browser !== null && system !== null) return t('devices.name', { browser, system });
  return browser ?? system ?? t('devices.unknown');
}
