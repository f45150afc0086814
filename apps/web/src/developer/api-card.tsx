import { t } from 'i18next';
import { useId, useRef, useState } from 'react';
import { formatMilliseconds } from '../language/format.js';
import { CopyButton } from '../ui/copy-button.js';
import type { ApiResponse } from './send-call.js';

export interface ApiCardProps {
  readonly name: string;
  readonly text: string;
  readonly command: string;
  /** Undefined for an API that browsers cannot call. */
  readonly send?: () => Promise<ApiResponse>;
}

/** Shows a command for an API, and a button that sends the same call from this page. */
export function ApiCard({ name, text, command, send }: ApiCardProps) {
  const id = useId();
  const source = useRef<HTMLElement>(null);
  return (
    <article className="panel api-card" aria-labelledby={id}>
      <h3 id={id}>{name}</h3>
      <p>{text}</p>
      <pre>
        <code ref={source}>{command}</code>
      </pre>
      <CopyButton source={source}>{t('developers.copyCommand', { name })}</CopyButton>
      {send ? <Attempt name={name} send={send} /> : null}
    </article>
  );
}

type Result = 'none' | 'sending' | 'failed' | ApiResponse;

function Attempt({ name, send }: Pick<ApiCardProps, 'name'> & Required<Pick<ApiCardProps, 'send'>>) {
  const [result, setResult] = useState<Result>('none');
  const attempt = async (): Promise<void> => {
    setResult('sending');
    setResult(await send().catch(() => 'failed' as const));
  };
  return (
    <>
      <div className="copy">
        <button
          type="button"
          className="button button-primary button-small"
          disabled={result === 'sending'}
          onClick={() => void attempt()}
        >
          {t('developers.try', { name })}
        </button>
        <span className="field-hint" role="status">
          <Status result={result} />
        </span>
      </div>
      {typeof result === 'object' ? (
        // The response scrolls, so keyboard users must be able to focus it.
        <pre className="api-response" role="region" aria-label={t('developers.response', { name })} tabIndex={0}>
          <code>{result.text}</code>
        </pre>
      ) : null}
    </>
  );
}

function Status({ result }: { readonly result: Result }) {
  if (result === 'none') return null;
  if (typeof result === 'string') return t(`developers.${result}`);
  return (
    <>
      <code>{result.status}</code> {formatMilliseconds(result.durationMs)}
    </>
  );
}
