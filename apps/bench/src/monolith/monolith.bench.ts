import { toPagePath, toTitlePath, useCatalog } from '../catalog-data/catalog.js';
import { readCompleteHome } from '../home/complete-home.js';
import { signIn } from '../load/sign-in.js';
import { runWrk, type WrkResult } from '../load/wrk.js';
import { meterCpu } from '../processes/cpu-meter.js';
import { readPssMib } from '../processes/proc.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { measureBlastRadius } from './blast-radius.js';
import { Mode } from './mode.js';

const BASELINE = 'microservices on the same databases';
const STARTS = 2;
/** Without targets, so fewer rounds than the other benches. */
const MAX_ROUNDS = 4;

export const monolith: Bench = {
  name: 'monolith',
  summary: 'the edge and the services in one process and in four: requests, CPU time, memory, start, lost processes',
  run: benchMonolith,
};

interface Sample extends Pick<WrkResult, 'requestsPerSecond' | 'p50Ms' | 'p99Ms'> {
  readonly cpuMs: number;
}

async function benchMonolith(context: BenchContext): Promise<readonly Row[]> {
  const { platform, onStep } = context;
  const options = { ...context.options, rounds: Math.min(context.options.rounds, MAX_ROUNDS) };
  const titles = await useCatalog(context);
  const { copies } = platform;
  const [one, many] = [new Mode(copies.monolith), new Mode(copies.microservices)];
  try {
    onStep('starts');
    const starts = await interleave(STARTS, { one: () => measureStart(one), many: () => measureStart(many) });
    await Promise.all([one.start(), many.start()]);
    await Promise.all([readCompleteHome(one.edgeUrl), readCompleteHome(many.edgeUrl)]);
    const rows: Row[] = [];
    const { editor } = platform;
    const headers = new Map([
      [one, await signIn({ edgeUrl: one.edgeUrl, editor })],
      [many, await signIn({ edgeUrl: many.edgeUrl, editor })],
    ]);
    const requests = {
      list: titles.map(toPagePath),
      title: titles.map(toTitlePath),
      home: ['/v1/home'],
    };
    for (const [name, paths] of Object.entries(requests)) {
      onStep(name);
      const load = async (mode: Mode, round: number): Promise<Sample> => {
        const offset = Math.floor((paths.length * round) / options.rounds);
        const { result, cpuSeconds } = await meterCpu({ apps: () => mode.pids }, () =>
          runWrk({ url: mode.edgeUrl, paths, offset, headers: headers.get(mode), seconds: options.sliceSeconds }),
        );
        return { ...result, cpuMs: (cpuSeconds.apps * 1000) / result.requests };
      };
      await Promise.all([load(one, 0), load(many, 0)]);
      const samples = await interleave(options.rounds, {
        one: (round) => load(one, round),
        many: (round) => load(many, round),
      });
      rows.push(
        compare(`${name}.throughput`, `${name}, requests per second`, samples, (sample) => sample.requestsPerSecond),
        compare(`${name}.p50`, `${name}, median in ms`, samples, (sample) => sample.p50Ms),
        compare(`${name}.p99`, `${name}, 99th percentile in ms`, samples, (sample) => sample.p99Ms),
        compare(`${name}.cpu`, `${name}, CPU time of all apps in ms`, samples, (sample) => sample.cpuMs),
      );
    }
    const memory = { one: [await sumPss(one)], many: [await sumPss(many)] };
    rows.push(compare('memory', 'memory after the load in MiB (PSS)', memory, (mib) => mib));
    rows.push(compare('start', 'start until ready in s', starts, (seconds) => seconds));
    onStep('lost processes');
    const [monolithShare = 0] = Object.values(await measureBlastRadius(one));
    for (const [name, share] of Object.entries(await measureBlastRadius(many))) {
      const text = { title: `requests that succeed without ${name}`, unit: '%', baseline: 'the monolith killed' };
      const details = { microservices: 100 * share, monolith: 100 * monolithShare };
      rows.push(toRow({ ...text, id: `monolith.lost.${name}`, details }, [100 * share]));
    }
    return rows;
  } finally {
    await Promise.all([one.stop(), many.stop()]);
  }
}

async function measureStart(mode: Mode): Promise<number> {
  const seconds = await mode.start();
  await mode.stop();
  return seconds;
}

async function sumPss({ pids }: Mode): Promise<number> {
  return (await Promise.all(pids.map(readPssMib))).reduce((sum, mib) => sum + mib, 0);
}

interface Pairs<Sample> {
  readonly one: readonly Sample[];
  readonly many: readonly Sample[];
}

function compare<Value>(id: string, title: string, { one, many }: Pairs<Value>, read: (sample: Value) => number): Row {
  const [ofMonolith, ofMicroservices] = [one.map(read), many.map(read)];
  const details = { microservices: median(ofMicroservices), monolith: median(ofMonolith) };
  const text = { id: `monolith.${id}`, title, unit: 'x', baseline: BASELINE, details };
  return toRow(text, toRatios(ofMonolith, ofMicroservices));
}
