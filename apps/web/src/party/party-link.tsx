import { t } from 'i18next';
import { useId, useRef, useState } from 'react';

/** The link that guests open. */
export function PartyLink() {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isCopied, setIsCopied] = useState(false);
  const { origin, pathname } = window.location;

  /** Browsers have a clipboard only on HTTPS and on localhost. Otherwise the selected text can be copied. */
  const copy = async (): Promise<void> => {
    input.current?.select();
    await navigator.clipboard?.writeText(origin + pathname);
    setIsCopied('clipboard' in navigator);
  };

  return (
    <div className="party-link">
      <label htmlFor={id}>{t('party.link')}</label>
      <div className="party-line">
        <input ref={input} id={id} type="text" readOnly value={origin + pathname} />
        <button
          type="button"
          className="button button-quiet button-small"
          onClick={() => void copy().catch(() => undefined)}
        >
          {t('party.copy')}
        </button>
      </div>
      <span className="party-note" role="status">
        {isCopied ? t('party.copied') : ''}
      </span>
    </div>
  );
}
