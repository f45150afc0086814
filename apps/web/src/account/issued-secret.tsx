import { t } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import type { ApiKeySecret } from './api-keys.js';

/** The secret of a new or rotated API key, which the API returns only once. */
export function IssuedSecret({ apiKey: { name }, secret }: ApiKeySecret) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [isCopied, setCopied] = useState(false);
  useEffect(() => heading.current?.focus(), []);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(secret);
    setCopied(true);
  };
  return (
    <section aria-labelledby="api-key-secret">
      <h2 id="api-key-secret" ref={heading} tabIndex={-1}>
        {t('apiKeys.secret', { name })}
      </h2>
      <p>{t('apiKeys.secretText')}</p>
      <code className="api-key-secret">{secret}</code>
      <button type="button" className="button button-quiet" onClick={() => void copy().catch(() => setCopied(false))}>
        {t('apiKeys.copy')}
      </button>
      <div role="status">{isCopied ? <p>{t('apiKeys.copied')}</p> : null}</div>
    </section>
  );
}
