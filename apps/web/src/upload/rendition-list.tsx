import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toFailureMessage } from '../api/problem-messages.js';
import { ProgressLine } from './progress-line.js';
import { formatPercent } from '../language/format.js';

export function describeState({ state, isFinal }: Schema<'Asset'>): string {
  switch (state) {
    case 'uploaded':
      return t('upload.asset.uploaded');
    case 'processing':
      return t('upload.asset.processing');
    case 'playable':
      return isFinal ? t('upload.asset.playableFinal') : t('upload.asset.playable');
    case 'ready':
      return t('upload.asset.ready');
    case 'failed':
      return t('upload.asset.failed');
  }
}

function toNote({ state, attempt, progress }: Schema<'Rendition'>): string | undefined {
  if (state !== 'running') return t(`upload.renditions.${state}`);
  return attempt > 1 ? t('upload.renditions.running', { percent: formatPercent(progress), attempt }) : undefined;
}

/** The state of an asset and the progress of each of its renditions. */
export function RenditionList({ asset }: { readonly asset: Schema<'Asset'> }) {
  const isWaiting = asset.jobsAhead > 0 && (asset.state === 'uploaded' || asset.state === 'processing');
  return (
    <div className="renditions">
      <p className="renditions-state" role="status" data-testid="asset-state" data-state={asset.state}>
        {describeState(asset)}
      </p>
      {isWaiting ? <p className="field-hint">{t('upload.jobsAhead', { count: asset.jobsAhead })}</p> : null}
      {asset.state === 'failed' ? <p className="form-problem">{toFailureMessage(asset.failureCode)}</p> : null}
      {asset.renditions.map((rendition) => (
        <ProgressLine
          key={rendition.id}
          name={rendition.kind === 'audio' ? t('upload.audio') : rendition.name}
          fraction={rendition.state === 'succeeded' ? 1 : rendition.progress}
          note={toNote(rendition)}
        />
      ))}
    </div>
  );
}
