import type { Schema } from '@viernes/api-client';
import { toFailureMessage } from '../api/problem-messages.js';
import { ProgressLine } from './progress-line.js';

function describeState({ state, isFinal }: Schema<'Asset'>): string {
  switch (state) {
    case 'uploaded':
      return 'Uploaded. Analyzing the video.';
    case 'processing':
      return 'Creating the first resolution.';
    case 'playable':
      return isFinal ? 'Ready to play. Some resolutions failed.' : 'Ready to play. Higher resolutions follow.';
    case 'ready':
      return 'Ready to play in all resolutions.';
    case 'failed':
      return 'Processing failed.';
  }
}

function toNote({ state, attempt, progress }: Schema<'Rendition'>): string | undefined {
  if (state === 'succeeded') return 'done';
  if (state === 'failed') return 'failed';
  if (state === 'queued') return 'waiting';
  return attempt > 1 ? `${Math.floor(progress * 100)} %, attempt ${attempt}` : undefined;
}

/** The state of an asset and the progress of each of its renditions. */
export function RenditionList({ asset }: { readonly asset: Schema<'Asset'> }) {
  const isWaiting = asset.jobsAhead > 0 && (asset.state === 'uploaded' || asset.state === 'processing');
  return (
    <div className="renditions">
      <p className="renditions-state" role="status" data-testid="asset-state" data-state={asset.state}>
        {describeState(asset)}
      </p>
      {isWaiting ? (
        <p className="field-hint">
          Waiting: {asset.jobsAhead} {asset.jobsAhead === 1 ? 'job' : 'jobs'} ahead
        </p>
      ) : null}
      {asset.state === 'failed' ? <p className="form-problem">{toFailureMessage(asset.failureCode)}</p> : null}
      {asset.renditions.map((rendition) => (
        <ProgressLine
          key={rendition.id}
          name={rendition.kind === 'audio' ? 'Audio' : rendition.name}
          fraction={rendition.state === 'succeeded' ? 1 : rendition.progress}
          note={toNote(rendition)}
        />
      ))}
    </div>
  );
}
