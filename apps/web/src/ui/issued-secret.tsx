import { t } from 'i18next';
import { useEffect, useRef } from 'react';
import { CopyButton } from './copy-button.js';
import './issued-secret.css';

/** A secret that the API returns only once. */
export function IssuedSecret({ heading: text, secret }: { readonly heading: string; readonly secret: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const source = useRef<HTMLElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="panel" aria-labelledby="issued-secret">
      <h2 id="issued-secret" ref={heading} tabIndex={-1}>
        {text}
      </h2>
      <p>{t('apiKeys.secretText')}</p>
      <code className="issued-secret" ref={source}>
        {secret}
      </code>
      <CopyButton source={source}>{t('common.copy')}</CopyButton>
    </section>
  );
}
