import { sentenceOfCode } from '../api/problem.js';
import type { Asset, Rendition } from '../api/types.js';
import { ProgressLine } from './progress-line.js';

const HEADLINES: Readonly<Record<Asset['state'], string>> = {
  uploaded: 'Arrived. Looking at the film.',
  processing: 'Preparing the first picture size.',
  playable: 'Ready to play. Sharper pictures follow.',
  ready: 'All done. Ready to play in every size.',
  failed: 'This film could not be prepared.',
};

function noteOf(rendition: Rendition): string | undefined {
  if (rendition.state === 'succeeded') return 'done';
  if (rendition.state === 'failed') return 'failed';
  if (rendition.state === 'queued') return 'waiting';
  return rendition.attempt > 1 ? `${Math.floor(rendition.progress * 100)} %, try ${rendition.attempt}` : undefined;
}

/** The whole ladder of one film, live. */
export function Ladder({ asset }: { readonly asset: Asset }) {
  const isWaiting = asset.jobsAhead > 0 && (asset.state === 'uploaded' || asset.state === 'processing');
  return (
    <div className="ladder">
      <p className="ladder-state" role="status" data-testid="asset-state" data-state={asset.state}>
        {HEADLINES[asset.state]}
      </p>
      {isWaiting ? (
        <p className="field-hint">
          Waiting: {asset.jobsAhead} {asset.jobsAhead === 1 ? 'job' : 'jobs'} ahead
        </p>
      ) : null}
      {asset.state === 'failed' ? <p className="form-problem">{sentenceOfCode(asset.failureCode)}</p> : null}
      {asset.renditions.map((rendition) => (
        <ProgressLine
          key={rendition.id}
          name={rendition.kind === 'audio' ? 'Sound' : rendition.name}
          part={rendition.state === 'succeeded' ? 1 : rendition.progress}
          note={noteOf(rendition)}
        />
      ))}
    </div>
  );
}
