import { t } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import './issued-secret.css';

/** A secret that the API returns only once. */
export function IssuedSecret({ heading: text, secret }: { readonly heading: string; readonly secret: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <section className="panel" aria-labelledby="issued-secret">
      <h2 id="issued-secret" ref={heading} tabIndex={-1}>
        {text}
      </h2>
      <p>{t('apiKeys.secretText')}</p>
      <code className="issued-secret">{secret}</code>
      <button type="button" className="button button-quiet" onClick={() => void copy().catch(() => setCopied(false))}>
        {t('apiKeys.copy')}
      </button>
      <div role="status">{isCopied ? <p>{t('apiKeys.copied')}</p> : null}</div>
    </section>
  );
}
