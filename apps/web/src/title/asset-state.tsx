import { useQuery } from '@tanstack/react-query';
import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toFailureMessage } from '../api/problem-messages.js';
import { useIsEditor } from '../session/use-session.js';
import { getAsset } from './titles.js';

const POLL_INTERVAL_MS = 5_000;

function describeState(asset: Schema<'Asset'>): string {
  switch (asset.state) {
    case 'uploaded':
      return t('title.asset.uploaded');
    case 'processing':
      return t('title.asset.processing');
    case 'playable':
      return asset.isFinal ? t('title.asset.playableFinal') : t('title.asset.playable');
    case 'ready':
      return t('title.asset.ready');
    case 'failed':
      return toFailureMessage(asset.failureCode);
  }
}

/** The state of a title's asset, for editors. Other users see only whether the title has a video. */
export function AssetState({ title }: { readonly title: Schema<'Title'> }) {
  const isEditor = useIsEditor();
  const { assetId } = title;
  const asset = useQuery({
    queryKey: ['asset', assetId],
    queryFn: ({ signal }) => getAsset(assetId ?? '', signal),
    enabled: isEditor && assetId !== null,
    refetchInterval: ({ state }) => (state.data && !state.data.isFinal ? POLL_INTERVAL_MS : false),
  });
  if (asset.data) {
    const best = asset.data.renditions.filter(({ kind, state }) => kind === 'video' && state === 'succeeded').at(-1);
    return (
      <p className={`title-state title-state-${asset.data.state}`} role="status">
        {describeState(asset.data)}
        {best ? <span className="tag">{best.name}</span> : null}
      </p>
    );
  }
  return title.isPlayable ? null : <p className="title-state">{t('title.noVideo')}</p>;
}
