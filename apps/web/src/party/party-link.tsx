import { t } from 'i18next';
import { useId, useRef } from 'react';
import { CopyButton } from '../ui/copy-button.js';

/** The link that guests open. */
export function PartyLink() {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const { origin, pathname } = window.location;
  return (
    <div className="party-link">
      <label htmlFor={id}>{t('party.link')}</label>
      <input ref={input} id={id} type="text" readOnly value={origin + pathname} />
      <CopyButton source={input} copiedText={t('party.copied')}>
        {t('common.copy')}
      </CopyButton>
    </div>
  );
}
