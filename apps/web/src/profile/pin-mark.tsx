import { t } from 'i18next';
import { LockIcon } from '../ui/icons.js';

/** Marks a profile that has a PIN. */
export function PinMark() {
  return (
    <>
      <LockIcon />
      <span className="visually-hidden">{t('profiles.hasPin')}</span>
    </>
  );
}
