import { startBaselineServer } from './baseline.js';
import { generateLoad, type LoadResult } from './load.js';
import { measure, type Measure } from './measure.js';
import { median } from './statistics.js';

const ROUNDS = 3;
const ROUND_SECONDS = 4;
const WARM_UP_SECONDS = 2;

/** Measures throughput and latency of the first requests of a browser, each next to a server that only returns bytes. */
export async function benchTitles(edgeUrl: string, onStep: (step: string) => void): Promise<Measure[]> {
  const listed = (await (await fetch(new URL('/v1/titles', edgeUrl))).json()) as { titles: readonly { id: string }[] };
  const [title] = listed.titles;
  if (title === undefined) throw new Error('The platform has no titles. Run npm run seed.');
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

/** Alternates the rounds, so that other load on the machine affects both sides equally. */
async function benchPath(name: string, url: string): Promise<Measure> {
  const server = await startBaselineServer(url);
  try {
    const [platform, baseline]: [LoadResult[], LoadResult[]] = [[], []];
    await generateLoad(url, WARM_UP_SECONDS);
    await generateLoad(server.url, WARM_UP_SECONDS);
    for (let round = 0; round < ROUNDS; round += 1) {
      platform.push(await generateLoad(url, ROUND_SECONDS));
      baseline.push(await generateLoad(server.url, ROUND_SECONDS));
    }
    const computeMedian = (results: readonly LoadResult[], field: keyof LoadResult): number =>
      median(results.map((result) => result[field]));
    return measure(
      name,
      'requests/s',
      {
        platform: computeMedian(platform, 'requestsPerSecond'),
        baseline: computeMedian(baseline, 'requestsPerSecond'),
      },
      {
        p50Ms: computeMedian(platform, 'p50Ms'),
        p99Ms: computeMedian(platform, 'p99Ms'),
        baselineP99Ms: computeMedian(baseline, 'p99Ms'),
      },
    );
  } finally {
    await server.stop();
  }
}
