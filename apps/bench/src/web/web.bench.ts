import { useCatalog } from '../catalog-data/catalog.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { measurePageLoad, type Device, type PageLoad } from './lighthouse.js';

/** A page load takes half a minute, and the median of three is stable. The score for desktops varies less. */
const MOBILE_LOADS = 3;

export const web: Bench = {
  name: 'web',
  summary: 'first load of the home page in a browser: JavaScript on the wire, and Lighthouse performance',
  run: benchWeb,
};

async function benchWeb(context: BenchContext): Promise<readonly Row[]> {
  const { platform, onStep } = context;
  await useCatalog(context);
  onStep('Lighthouse, mobile and desktop');
  const load = (device: Device): Promise<PageLoad> =>
    measurePageLoad(platform.edgeUrl, device, platform.browserPath, (reason) =>
      onStep(`page load failed, repeating it: ${reason}`),
    );
  const mobile: PageLoad[] = [];
  while (mobile.length < MOBILE_LOADS) mobile.push(await load('mobile'));
  const desktop = [await load('desktop')];
  return [
    toRow(
      {
        id: 'web.script',
        title: 'first load of the home page, JavaScript on the wire',
        unit: 'kB',
        baseline: 'fixed limit',
        target: { is: 'at most', value: 150 },
      },
      mobile.map(({ scriptBytes }) => scriptBytes / 1000),
    ),
    toScoreRow('mobile', mobile),
    toScoreRow('desktop', desktop),
  ];
}

function toScoreRow(device: Device, loads: readonly PageLoad[]): Row {
  const medianOf = (name: Exclude<keyof PageLoad, 'score' | 'scriptBytes'>): number =>
    median(loads.map((load) => load[name]));
  return toRow(
    {
      id: `web.${device}`,
      title: `first load of the home page, Lighthouse performance (${device})`,
      unit: '',
      baseline: 'fixed limit',
      target: { is: 'at least', value: 95 },
      details: {
        firstContentfulPaintMs: medianOf('firstContentfulPaintMs'),
        largestContentfulPaintMs: medianOf('largestContentfulPaintMs'),
        totalBlockingTimeMs: medianOf('totalBlockingTimeMs'),
        cumulativeLayoutShift: medianOf('cumulativeLayoutShift'),
        benchmarkIndex: medianOf('benchmarkIndex'),
      },
    },
    loads.map(({ score }) => score),
  );
}
