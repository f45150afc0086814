import { Link } from 'react-router';
import { sentenceOf } from '../api/problem.js';
import type { Title } from '../api/types.js';
import { Ladder } from './ladder.js';
import { ProgressLine } from './progress-line.js';
import { sizeText } from './size-text.js';
import type { useUpload } from './use-upload.js';

export interface UploadProgressProps {
  readonly upload: ReturnType<typeof useUpload>;
  readonly title: Title | undefined;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly onAgain: () => void;
}

export function UploadProgress({ upload, title, fileName, sizeBytes, onAgain }: UploadProgressProps) {
  const { state } = upload;
  const isSending = state.step === 'sending' || state.step === 'paused';
  const sentPart = isSending ? state.part : state.step === 'hashing' ? 0 : 1;
  return (
    <section className="panel" aria-labelledby="upload-now">
      <h2 id="upload-now">{title?.name ?? fileName}</h2>
      <p className="picked-facts">
        {fileName}, {sizeText(sizeBytes)}
      </p>
      {state.step === 'failed' ? (
        <div className="form-problem" role="alert">
          <p>{sentenceOf(state.problem)}</p>
        </div>
      ) : (
        <>
          {state.step === 'hashing' ? <ProgressLine name="Reading the file" part={state.part} /> : null}
          {state.step === 'hashing' ? null : (
            <ProgressLine name="Upload" part={sentPart} note={state.step === 'paused' ? 'paused' : undefined} />
          )}
          {state.step === 'checking' ? <p className="field-hint">Checking what arrived.</p> : null}
          {state.step === 'preparing' ? <Ladder asset={state.asset} /> : null}
        </>
      )}
      <div className="upload-actions">
        {state.step === 'sending' ? (
          <button type="button" className="button button-quiet" onClick={upload.pause}>
            Pause
          </button>
        ) : null}
        {state.step === 'paused' || state.step === 'failed' ? (
          <button type="button" className="button button-primary" onClick={upload.goOn}>
            {state.step === 'paused' ? 'Continue upload' : 'Try again'}
          </button>
        ) : null}
        {isSending || state.step === 'hashing' || state.step === 'failed' ? (
          <button type="button" className="button button-quiet" onClick={upload.cancel}>
            Cancel upload
          </button>
        ) : null}
        {state.step === 'preparing' && (state.asset.state === 'playable' || state.asset.state === 'ready') ? (
          <Link className="button button-primary" to={`/watch/${state.asset.titleId}`}>
            Play now
          </Link>
        ) : null}
        {state.step === 'preparing' ? (
          <button type="button" className="button button-quiet" onClick={onAgain}>
            Add another film
          </button>
        ) : null}
      </div>
    </section>
  );
}
