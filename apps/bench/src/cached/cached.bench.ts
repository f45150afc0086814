import { startRawFastify } from '../baseline/raw-fastify.js';
import { useCatalog } from '../catalog-data/catalog.js';
import { readCompleteHome } from '../home/complete-home.js';
import { assertEqualBodies } from '../load/equal-bodies.js';
import { runWrk, type WrkResult } from '../load/wrk.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row, type RowText } from '../run/row.js';
import { median } from '../run/statistics.js';

const LIST_PATH = '/v1/titles?pageSize=20';
const HOME_PATH = '/v1/home';
/** fetch accepts encoded responses by default, and each encoding has its own ETag. */
const NOT_ENCODED = { 'accept-encoding': 'identity' };

export const cached: Bench = {
  name: 'cached',
  summary:
    'anonymous list, 304 for the list, and home page from the response cache, next to raw Fastify with the same bytes',
  run: benchCached,
};

async function benchCached(context: BenchContext): Promise<readonly Row[]> {
  const { options, platform, onStep } = context;
  await useCatalog(context);
  await readCompleteHome(platform.edgeUrl);
  const raw = await startRawFastify(platform.edgeUrl, [LIST_PATH, HOME_PATH]);
  const origins = [platform.edgeUrl, raw.url];
  try {
    const load = async (url: string, path: string, etag?: string): Promise<WrkResult> => {
      const headers = { ...NOT_ENCODED, ...(etag && { 'if-none-match': etag }) };
      return runWrk({ url, paths: [path], headers, seconds: options.sliceSeconds });
    };
    await assertEqualBodies(origins, [LIST_PATH, HOME_PATH]);
    const [edgeTag, rawTag] = await Promise.all([readEtag(platform.edgeUrl), readEtag(raw.url)]);
    onStep('warm-up');
    for (const url of origins) await load(url, LIST_PATH);
    onStep('list, 304, and home, next to raw Fastify');
    const samples = await interleave(options.rounds, {
      list: () => load(platform.edgeUrl, LIST_PATH),
      rawList: () => load(raw.url, LIST_PATH),
      notModified: () => load(platform.edgeUrl, LIST_PATH, edgeTag),
      rawNotModified: () => load(raw.url, LIST_PATH, rawTag),
      home: () => load(platform.edgeUrl, HOME_PATH),
      rawHome: () => load(raw.url, HOME_PATH),
    });
    await assertEqualBodies(origins, [LIST_PATH, HOME_PATH]);
    return [
      compareRates('list', 'cached anonymous list', 0.5, samples.list, samples.rawList),
      compareP99(samples.list, samples.rawList),
      compareRates('not-modified', '304 for the cached list', 0.6, samples.notModified, samples.rawNotModified),
      compareRates('home', 'cached anonymous home page', 0.4, samples.home, samples.rawHome),
    ];
  } finally {
    await raw.stop();
  }
}

const BASELINE: Pick<RowText, 'unit' | 'baseline'> = { unit: 'x', baseline: 'raw Fastify, the same response' };

function compareRates(
  id: string,
  title: string,
  minimum: number,
  edge: readonly WrkResult[],
  raw: readonly WrkResult[],
): Row {
  const [rates, rawRates] = [edge, raw].map((results) => results.map((result) => result.requestsPerSecond));
  const details = { requestsPerSecond: median(rates ?? []), rawRequestsPerSecond: median(rawRates ?? []) };
  const target = { is: 'at least', value: minimum } as const;
  const text = { ...BASELINE, id: `cached.${id}`, title: `${title}, requests per second`, target, details };
  return toRow(text, toRatios(rates ?? [], rawRates ?? []));
}

function compareP99(edge: readonly WrkResult[], raw: readonly WrkResult[]): Row {
  const [times, rawTimes] = [edge, raw].map((results) => results.map(({ p99Ms }) => p99Ms));
  const details = { p99Ms: median(times ?? []), rawP99Ms: median(rawTimes ?? []) };
  const target = { is: 'at most', value: 2 } as const;
  const text = { ...BASELINE, id: 'cached.list-p99', title: 'cached anonymous list, 99th percentile', target, details };
  return toRow(text, toRatios(times ?? [], rawTimes ?? []));
}

/** @throws Error unless a second request with the ETag returns 304 */
async function readEtag(origin: string): Promise<string> {
  const url = new URL(LIST_PATH, origin);
  const etag = (await fetch(url, { headers: NOT_ENCODED })).headers.get('etag');
  if (etag === null) throw new Error(`${url.href} returned no ETag`);
  const { status } = await fetch(url, { headers: { ...NOT_ENCODED, 'if-none-match': etag } });
  if (status !== 304) throw new Error(`${url.href} returned ${status} for its ETag`);
  return etag;
}
