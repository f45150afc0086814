import { requireData, EdgeClient, findOrCreateTitle, uploadVideo, type EdgeAccount } from '@viernes/cli';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeLadder, type FfmpegPaths, type LadderSeconds } from './ffmpeg-baseline.js';
import { measure, type Measure } from './measure.js';
import { median } from './statistics.js';

const ROUNDS = 3;
const POLL_INTERVAL_MS = 50;
const TIMEOUT_SECONDS = 300;

export interface TranscodeBench extends FfmpegPaths {
  readonly editor: EdgeAccount;
  readonly videoPath: string;
}

/** Measures the time from the upload until the asset is playable, and until all renditions exist, next to ffmpeg only. */
export async function benchTranscode(bench: TranscodeBench, onStep: (step: string) => void): Promise<Measure[]> {
  const edge = new EdgeClient(bench.editor);
  const [platform, baseline]: [LadderSeconds[], LadderSeconds[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    onStep(`upload ${round} of ${ROUNDS}`);
    platform.push(await uploadAndWait(edge, bench));
    baseline.push(await encodeLadder(bench.videoPath, bench));
  }
  const computeMedian = (rounds: readonly LadderSeconds[], field: keyof LadderSeconds): number =>
    median(rounds.map((round) => round[field]));
  const compare = (field: keyof LadderSeconds) => ({
    platform: computeMedian(platform, field),
    baseline: computeMedian(baseline, field),
  });
  const renditions = compare('renditionCount');
  if (renditions.platform !== renditions.baseline) {
    throw new Error(`${renditions.platform} renditions on the platform, ${renditions.baseline} with ffmpeg only`);
  }
  return [
    measure('upload to playable', 's', compare('playable')),
    measure('upload to complete ladder', 's', compare('completeLadder'), { renditions: renditions.platform }),
  ];
}

async function uploadAndWait(edge: EdgeClient, { videoPath }: TranscodeBench): Promise<LadderSeconds> {
  const name = `Bench ${randomUUID()}`;
  const title = await findOrCreateTitle(edge, {
    kind: 'film',
    name,
    synopsis: '',
    genres: [],
    directors: [],
    externalId: name,
  });

  const startedAt = performance.now();
  const seconds = (): number => (performance.now() - startedAt) / 1000;
  const assetId = await uploadVideo(edge, title.id, videoPath);
  let playable: number | undefined;
  while (seconds() < TIMEOUT_SECONDS) {
    const asset = await requireData(edge.api.GET('/v1/assets/{id}', { params: { path: { id: assetId } } }));
    if (asset.state === 'failed') throw new Error(`Asset ${assetId} failed.`);
    if (asset.state === 'playable' || asset.state === 'ready') playable ??= seconds();
    if (asset.state === 'ready')
      return { playable: playable ?? seconds(), completeLadder: seconds(), renditionCount: asset.renditions.length };
    await sleep(POLL_INTERVAL_MS);
  }
  throw new Error(`Asset ${assetId} is not ready after ${TIMEOUT_SECONDS} s.`);
}
