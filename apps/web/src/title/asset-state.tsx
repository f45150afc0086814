import { useQuery } from '@tanstack/react-query';
import { sentenceOfCode } from '../api/problem.js';
import { getAsset } from '../api/titles.js';
import type { Asset, Title } from '../api/types.js';
import { useSession } from '../session/use-session.js';

const PREPARING_POLL_MS = 5_000;

function sentence(asset: Asset): string {
  switch (asset.state) {
    case 'uploaded':
      return 'The film has arrived and waits to be prepared.';
    case 'processing':
      return 'The film is being prepared. It can be played in a moment.';
    case 'playable':
      return 'Ready to play. Sharper pictures follow.';
    case 'ready':
      return 'Ready to play.';
    case 'failed':
      return sentenceOfCode(asset.failureCode);
  }
}

/** What an editor wants to know about the film behind a title; for viewers, whether there is one. */
export function AssetState({ title }: { readonly title: Title }) {
  const session = useSession();
  const isEditor = session.status === 'signed-in' && session.session.account.role === 'editor';
  const { assetId } = title;
  const asset = useQuery({
    queryKey: ['asset', assetId],
    queryFn: ({ signal }) => getAsset(assetId ?? '', signal),
    enabled: isEditor && assetId !== null,
    refetchInterval: ({ state }) =>
      state.data && state.data.state !== 'ready' && state.data.state !== 'failed' ? PREPARING_POLL_MS : false,
  });
  if (asset.data) {
    const best = asset.data.renditions.filter((one) => one.kind === 'video' && one.state === 'succeeded').at(-1);
    return (
      <p className={`title-state title-state-${asset.data.state}`} role="status">
        {sentence(asset.data)}
        {best ? <span className="tag">{best.name}</span> : null}
      </p>
    );
  }
  return title.isPlayable ? null : <p className="title-state">There is no film to play for this title yet.</p>;
}
