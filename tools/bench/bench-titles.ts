import { startFloor } from './floor.ts';
import { putLoadOn } from './load.ts';
import type { Load } from './load.ts';
import { measure } from './measure.ts';
import type { Measure } from './measure.ts';
import { median } from './median.ts';

const ROUNDS = 3;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 2;

/** Throughput and latency of what everybody's browser asks for first, each beside a server that does nothing else. */
export async function benchTitles(edgeUrl: string, onStep: (step: string) => void): Promise<Measure[]> {
  const listed = (await (await fetch(new URL('/v1/titles', edgeUrl))).json()) as { titles: readonly { id: string }[] };
  const [title] = listed.titles;
  if (title === undefined) throw new Error('the platform has no titles: seed it first');
  const measures: Measure[] = [];
  for (const [name, path] of [
    ['GET titles', '/v1/titles'],
    ['GET titles/{id}', `/v1/titles/${title.id}`],
    ['GET home', '/v1/home'],
  ] as const) {
    onStep(name);
    measures.push(await benchPath(name, new URL(path, edgeUrl).href));
  }
  return measures;
}

/** Rounds alternate, so that what else the machine does falls on both alike. */
async function benchPath(name: string, url: string): Promise<Measure> {
  const floor = await startFloor(url);
  try {
    const [ours, bare]: [Load[], Load[]] = [[], []];
    await putLoadOn(url, WARM_UP_SECONDS);
    await putLoadOn(floor.url, WARM_UP_SECONDS);
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await putLoadOn(url, ROUND_SECONDS));
      bare.push(await putLoadOn(floor.url, ROUND_SECONDS));
    }
    const of = (loads: readonly Load[], figure: keyof Load): number => median(loads.map((load) => load[figure]));
    return measure(
      name,
      'requests/s',
      { platform: of(ours, 'requestsPerSecond'), floor: of(bare, 'requestsPerSecond') },
      { p50Ms: of(ours, 'p50Ms'), p99Ms: of(ours, 'p99Ms'), floorP99Ms: of(bare, 'p99Ms') },
    );
  } finally {
    await floor.stop();
  }
}
