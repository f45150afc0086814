import { EdgeClient } from '@viernes/cli';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { encodeLadder, type LadderSeconds } from './ffmpeg-baseline.js';
import { findOrGenerateVideo } from './sample-video.js';
import { uploadAndWait } from './upload.js';

/** An encoding ladder takes a long time, and its duration varies little. */
const ROUNDS = 3;

export const transcode: Bench = {
  name: 'transcode',
  summary: 'upload of a video file until it is playable, and until all renditions exist, next to ffmpeg only',
  run: benchTranscode,
};

async function benchTranscode({ platform, onStep }: BenchContext): Promise<readonly Row[]> {
  const edge = new EdgeClient({ edgeUrl: platform.edgeUrl, credentials: platform.editor });
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
  const perMinute = samples.platform.map(
    ({ completeLadder, durationSeconds }) => (60 * completeLadder) / durationSeconds,
  );
  const compare = (id: string, title: string, field: keyof LadderSeconds, details = {}): Row =>
    toRow(
      {
        id: `transcode.${id}`,
        title,
        unit: 'x',
        baseline: 'ffmpeg with the same arguments',
        details: { seconds: median(read('platform', field)), ffmpegSeconds: median(read('ffmpeg', field)), ...details },
      },
      toRatios(read('platform', field), read('ffmpeg', field)),
    );
  return [
    compare('playable', 'time from upload to playable', 'playable'),
    compare('ladder', 'time from upload to the complete ladder', 'completeLadder', {
      secondsPerMinute: median(perMinute),
      cores: availableParallelism(),
      megapixels: median(samples.platform.map(({ megapixels }) => megapixels)),
    }),
  ];
}
