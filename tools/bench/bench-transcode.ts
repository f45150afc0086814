import { dataOf, EdgeClient, findOrCreateTitle, uploadVideo, type EdgeAccount } from '@viernes/cli';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { encodeBare } from './bare-ffmpeg.ts';
import type { LadderSeconds, Tools } from './bare-ffmpeg.ts';
import { measure } from './measure.ts';
import type { Measure } from './measure.ts';
import { median } from './median.ts';

const ROUNDS = 3;
const LOOK_EVERY_MS = 50;
const MOST_SECONDS = 300;

export interface TranscodeBench extends Tools {
  readonly editor: EdgeAccount;
  readonly filmPath: string;
}

/** From the first byte sent to a film that can be played, and to the whole ladder, beside ffmpeg alone. */
export async function benchTranscode(bench: TranscodeBench, onStep: (step: string) => void): Promise<Measure[]> {
  const edge = new EdgeClient(bench.editor);
  const [ours, bare]: [LadderSeconds[], LadderSeconds[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    onStep(`film ${round} of ${ROUNDS}`);
    ours.push(await uploadAndWait(edge, bench));
    bare.push(await encodeBare(bench.filmPath, bench));
  }
  const of = (rounds: readonly LadderSeconds[], figure: keyof LadderSeconds): number =>
    median(rounds.map((round) => round[figure]));
  const figures = (figure: keyof LadderSeconds) => ({ platform: of(ours, figure), floor: of(bare, figure) });
  const [made, expected] = [of(ours, 'renditionCount'), of(bare, 'renditionCount')];
  if (made !== expected)
    throw new Error(`the platform made ${made} renditions, ffmpeg alone ${expected}: not the same work`);
  return [
    measure('upload to playable', 's', figures('playable')),
    measure('upload to whole ladder', 's', figures('wholeLadder'), { renditions: made }),
  ];
}

async function uploadAndWait(edge: EdgeClient, { filmPath }: TranscodeBench): Promise<LadderSeconds> {
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
  const assetId = await uploadVideo(edge, title.id, filmPath);
  let playable: number | undefined;
  while (seconds() < MOST_SECONDS) {
    const asset = await dataOf(edge.api.GET('/v1/assets/{id}', { params: { path: { id: assetId } } }));
    if (asset.state === 'failed') throw new Error(`asset ${assetId} failed`);
    if (asset.state === 'playable' || asset.state === 'ready') playable ??= seconds();
    if (asset.state === 'ready')
      return { playable: playable ?? seconds(), wholeLadder: seconds(), renditionCount: asset.renditions.length };
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`asset ${assetId} was not ready within ${MOST_SECONDS} s`);
}
