import { requireData, EdgeClient, findOrCreateTitle, uploadVideo } from '@viernes/cli';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { encodeLadder, type LadderSeconds } from './ffmpeg-baseline.js';
import { findOrGenerateVideo } from './sample-video.js';

/** An encoding ladder takes long, and its duration varies little. */
const ROUNDS = 3;
const POLL_INTERVAL_MS = 50;
const TIMEOUT_SECONDS = 300;

export const transcode: Bench = {
  name: 'transcode',
  summary: 'upload of a video file until it is playable, and until all renditions exist, next to ffmpeg only',
  run: benchTranscode,
};

async function benchTranscode({ platform, onStep }: BenchContext): Promise<readonly Row[]> {
  const edge = new EdgeClient({ edgeUrl: platform.edgeUrl, ...platform.editor });
  const videoPath = await findOrGenerateVideo(platform.videoPath, join(tmpdir(), 'viernes-bench'), platform.ffmpegPath);
  const samples = await interleave(ROUNDS, {
    platform: (round) => {
      onStep(`upload ${round + 1} of ${ROUNDS}`);
      return uploadAndWait(edge, videoPath);
    },
    ffmpeg: () => encodeLadder(videoPath, platform),
  });
  const read = (side: keyof typeof samples, field: keyof LadderSeconds): number[] =>
    samples[side].map((sample) => sample[field]);
  const renditionCounts = new Set([...read('platform', 'renditionCount'), ...read('ffmpeg', 'renditionCount')]);
  if (renditionCounts.size !== 1) throw new Error(`different renditions: ${[...renditionCounts].join(', ')}`);
  const compare = (id: string, title: string, field: keyof LadderSeconds): Row =>
    toRow(
      {
        id: `transcode.${id}`,
        title,
        unit: 'x',
        baseline: 'ffmpeg with the same arguments',
        details: { seconds: median(read('platform', field)), ffmpegSeconds: median(read('ffmpeg', field)) },
      },
      toRatios(read('platform', field), read('ffmpeg', field)),
    );
  return [
    compare('playable', 'time from upload to playable', 'playable'),
    compare('ladder', 'time from upload to the complete ladder', 'completeLadder'),
  ];
}

async function uploadAndWait(edge: EdgeClient, videoPath: string): Promise<LadderSeconds> {
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
