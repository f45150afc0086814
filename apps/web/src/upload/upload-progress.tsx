import { t } from 'i18next';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { toMessage } from '../api/problem-messages.js';
import { formatSize } from './format-size.js';
import { ProgressLine } from './progress-line.js';
import { RenditionList } from './rendition-list.js';
import type { UploadControls, UploadState } from './use-upload.js';

export interface UploadProgressProps {
  readonly upload: UploadControls;
  readonly name: string;
  readonly file: File | undefined;
  readonly playPath: string;
  readonly onUploadAnother: () => void;
}

export function UploadProgress({ upload, name, file, playPath, onUploadAnother }: UploadProgressProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // The button that started the upload no longer exists, so nothing has the focus.
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="panel" aria-labelledby="upload-name">
      <h2 id="upload-name" ref={heading} tabIndex={-1}>
        {name}
      </h2>
      {file ? (
        <p className="picked-facts">
          {file.name}, {formatSize(file.size)}
        </p>
      ) : null}
      <UploadSteps state={upload.state} />
      <div className="upload-actions">
        <UploadActions upload={upload} playPath={playPath} onUploadAnother={onUploadAnother} />
      </div>
    </section>
  );
}

function UploadSteps({ state }: { readonly state: UploadState }) {
  switch (state.step) {
    case 'choosing':
      return null;
    case 'hashing':
      return <ProgressLine name={t('upload.reading')} fraction={state.fraction} />;
    case 'sending':
      return <ProgressLine name={t('upload.upload')} fraction={state.fraction} />;
    case 'paused':
      return <ProgressLine name={t('upload.upload')} fraction={state.fraction} note={t('upload.paused')} />;
    case 'verifying':
      return (
        <>
          <ProgressLine name={t('upload.upload')} fraction={1} />
          <p className="field-hint">{t('upload.verifying')}</p>
        </>
      );
    case 'processing':
      return (
        <>
          <ProgressLine name={t('upload.upload')} fraction={1} />
          <RenditionList asset={state.asset} />
        </>
      );
    case 'failed':
      return (
        <div className="form-problem" role="alert">
          <p>{toMessage(state.problem)}</p>
        </div>
      );
  }
}

type UploadActionsProps = Pick<UploadProgressProps, 'upload' | 'playPath' | 'onUploadAnother'>;

function UploadActions({ upload, playPath, onUploadAnother }: UploadActionsProps) {
  const { state } = upload;
  if (state.step === 'processing') {
    const isPlayable = state.asset.state === 'playable' || state.asset.state === 'ready';
    return (
      <>
        {isPlayable ? (
          <Link className="button button-primary" to={playPath}>
            {t('upload.playNow')}
          </Link>
        ) : null}
        <button type="button" className="button button-quiet" onClick={onUploadAnother}>
          {t('common.uploadAnotherVideo')}
        </button>
      </>
    );
  }
  if (state.step === 'choosing' || state.step === 'verifying') return null;
  return (
    <>
      {state.step === 'sending' ? (
        <button type="button" className="button button-quiet" onClick={upload.pause}>
          {t('upload.pause')}
        </button>
      ) : null}
      {state.step === 'paused' || state.step === 'failed' ? (
        <button type="button" className="button button-primary" onClick={upload.resume}>
          {state.step === 'paused' ? t('upload.continue') : t('common.tryAgain')}
        </button>
      ) : null}
      <button type="button" className="button button-quiet" onClick={upload.cancel}>
        {t('upload.cancel')}
      </button>
    </>
  );
}
