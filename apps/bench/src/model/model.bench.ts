import { EdgeClient, generateVideo, type GeneratedVideo } from '@viernes/cli';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { useCatalog } from '../catalog-data/catalog.js';
import { readCompleteHome } from '../home/complete-home.js';
import { measurePeak } from '../load/closed-loop.js';
import { runConstantLoad } from '../load/constant-load.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave } from '../run/interleave.js';
import { toRow, type Row } from '../run/row.js';
import { median } from '../run/statistics.js';
import { uploadAndWait } from '../transcode/upload.js';
import { ASSUMPTIONS } from './assumptions.js';
import { predictCores, requestsPerViewer } from './capacity.js';
import { PROCESSES, type Constants, type Cost, type Kind, type ProcessName } from './constants.js';
import { splitHeartbeatCost } from './heartbeat-cost.js';
import { createPlatformCpu, type CpuSeconds, type PlatformCpu } from './platform-cpu.js';
import { createRequests, mixRequests, type RequestKind } from './request-mix.js';
import { copySessions, createViewers, playOnce, startSessions, type Viewer } from './viewers.js';

export const model: Bench = {
  name: 'model',
  summary: 'CPU time per kind of request in all processes, and three mixed loads that check the capacity model',
  run: benchModel,
};

const VIEWERS = 12;
const SESSION_WORKERS = 4;
/** Copies of each session, so that half a second of heartbeats contains no session twice. */
const SESSION_COPIES = 200;
/** So few that their batches cost more than the heartbeats themselves. */
const FEW_HEARTBEATS = { requestsPerSecond: 4, seconds: 10 };
/** Not a fraction of the peak rate: each connection of a peak waits half a second for its batch. */
const MANY_HEARTBEATS_PER_SECOND = 200;
const KINDS: readonly RequestKind[] = ['cached', 'home', 'list', 'title', 'search', 'heartbeat'];
/** Fraction of the peak rate of each kind on this machine, so that no request waits. */
const LOAD_FRACTION = 0.25;
/** The CPU time per request varies little. More rounds would take minutes. */
const MAX_ROUNDS = 3;
/** Before the costs are measured, so that they are those of optimized code and filled caches, as in a mixed load. */
const WARM_UP = { requestsPerSecond: 100, seconds: 20 };
/** Fractions of the cores of this machine that the mixed loads should use. */
const LOADS = { low: 0.2, medium: 0.4, high: 0.6 };
/** Minimum CPU time of a mixed load. The idle platform uses about as much during a low load. */
const CHECKED_CPU_SECONDS = 4;
/** Time in which consumers process the events of heartbeats and sessions. */
const SETTLE_MS = 1_500;

/** Small, because only its sessions are measured, and not its encoding. */
const VIDEO: GeneratedVideo = {
  widthPx: 426,
  heightPx: 240,
  framesPerSecond: 24,
  durationSeconds: 60,
  videoGraph: 'testsrc2=size=426x240:rate=24',
  audioExpression: '0.1*sin(2*PI*220*t)',
};

interface Sample {
  readonly count: number;
  readonly cpuSeconds: CpuSeconds;
}

async function benchModel(context: BenchContext): Promise<readonly Row[]> {
  const { platform, onStep } = context;
  const options = { ...context.options, rounds: Math.min(context.options.rounds, MAX_ROUNDS) };
  const titles = await useCatalog(context);
  await readCompleteHome(platform.edgeUrl);
  onStep('uploading a video file to play');
  const editor = new EdgeClient({ edgeUrl: platform.edgeUrl, credentials: platform.editor });
  const { titleId } = await uploadAndWait(editor, await generateSample(platform.ffmpegPath));
  const viewers = await createViewers(platform, VIEWERS);
  const [players, watchers] = [viewers.slice(0, SESSION_WORKERS), viewers.slice(SESSION_WORKERS)];
  const sessions = await copySessions(
    platform.videoDatabaseUrl,
    await startSessions(watchers, titleId),
    SESSION_COPIES,
  );
  const requests = createRequests(new URL(platform.edgeUrl), titles, viewers, sessions);
  const send = (mixed: readonly string[], requestsPerSecond: number, seconds: number): Promise<number> =>
    sendAll(platform.edgeUrl, mixed, requestsPerSecond, seconds);

  const { session: _session, ...perViewer } = requestsPerViewer(ASSUMPTIONS);
  onStep('warming up');
  const warmUp = mixRequests(requests, perViewer, WARM_UP.requestsPerSecond * WARM_UP.seconds);
  await send(warmUp.mixed, WARM_UP.requestsPerSecond, WARM_UP.seconds);
  await sleep(SETTLE_MS);

  onStep('idle');
  const cpu = await createPlatformCpu(platform);
  try {
    onStep('each kind of request');
    const rates = {} as Record<RequestKind, number>;
    for (const kind of KINDS) {
      rates[kind] =
        kind === 'heartbeat'
          ? MANY_HEARTBEATS_PER_SECOND
          : LOAD_FRACTION * (await measurePeak(platform.edgeUrl, requests[kind], 1));
    }
    await sleep(SETTLE_MS);
    const measureKind = (kind: RequestKind) => (): Promise<Sample> =>
      sampleCpu(cpu, () => send(requests[kind], rates[kind], options.sliceSeconds), kind === 'heartbeat');
    const writesBefore = await countWrites(platform.postgresUrl);
    const { count } = await measureKind('heartbeat')();
    const writtenRows = ((await countWrites(platform.postgresUrl)) - writesBefore) / count;
    const { requestsPerSecond: fewRate, seconds: fewSeconds } = FEW_HEARTBEATS;
    const { few, ...samples } = await interleave<Record<Kind | 'few', Sample>>(options.rounds, {
      ...(Object.fromEntries(KINDS.map((kind) => [kind, measureKind(kind)])) as Record<
        RequestKind,
        () => Promise<Sample>
      >),
      few: () => sampleCpu(cpu, () => send(requests.heartbeat, fewRate, fewSeconds), true),
      session: () => sampleCpu(cpu, () => playRepeatedly(players, titleId, options.sliceSeconds), true),
    });
    const measuredCosts = Object.fromEntries(
      (Object.keys(samples) as Kind[]).map((kind) => [kind, toCost(samples[kind])]),
    ) as Constants['costs'];
    const { heartbeat, batch: batchCost } = splitHeartbeatCost(
      { requestsPerSecond: fewRate, cost: toCost(few) },
      { requestsPerSecond: rates.heartbeat, cost: measuredCosts.heartbeat },
    );
    const costs = { ...measuredCosts, heartbeat };
    const costRows = [
      ...(Object.keys(samples) as Kind[]).map((kind) =>
        kind === 'heartbeat'
          ? toCostRow(kind, heartbeat, [sum(heartbeat)], { writtenRows })
          : toCostRow(kind, costs[kind], samples[kind].map(toTotalMs)),
      ),
      toCostRow('batch', batchCost, [sum(batchCost)]),
    ];
    onStep('three mixed loads');
    const checks = await checkModel({ ...context, options }, { costs, batchCost }, requests, perViewer, cpu);
    return [...costRows, ...checks];
  } finally {
    await cpu.stop();
  }
}

async function generateSample(ffmpegPath: string): Promise<string> {
  const folder = join(tmpdir(), 'viernes-bench');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'model.mp4');
  await generateVideo(VIDEO, path, ffmpegPath);
  return path;
}

/** Compares the predicted with the measured CPU time of a load in the proportions of the assumptions. */
async function checkModel(
  { platform, options }: BenchContext,
  constants: Pick<Constants, 'costs' | 'batchCost'>,
  requests: Readonly<Record<RequestKind, readonly string[]>>,
  perViewer: Readonly<Record<RequestKind, number>>,
  cpu: PlatformCpu,
): Promise<readonly Row[]> {
  const coresPerViewer = sum(predictCores(multiply(perViewer, 1_000), constants)) / 1_000;
  const ratePerViewer = Object.values(perViewer).reduce((total, rate) => total + rate, 0);
  const rows: Row[] = [];
  for (const [name, usedCores] of Object.entries(LOADS)) {
    const viewers = usedCores / coresPerViewer;
    const rate = viewers * ratePerViewer;
    const seconds = Math.max(2 * options.sliceSeconds, CHECKED_CPU_SECONDS / usedCores);
    const differences: number[] = [];
    const [predictedCores, measuredCores]: [number[], number[]] = [[], []];
    for (let round = 0; round < options.rounds; round += 1) {
      const { mixed, counts } = mixRequests(requests, perViewer, Math.round(rate * seconds));
      const { cpuSeconds } = await sampleCpu(cpu, () => sendAll(platform.edgeUrl, mixed, rate, seconds), true);
      const predicted = sum(predictCores(multiply(counts, 1 / seconds), constants));
      const measured = sum(cpuSeconds) / seconds;
      differences.push(100 * Math.abs(predicted / measured - 1));
      predictedCores.push(predicted);
      measuredCores.push(measured);
    }
    rows.push(
      toRow(
        {
          id: `model.check-${name}`,
          title: `${name} load of ${Math.round(viewers)} viewers`,
          unit: '%',
          baseline: 'measured CPU time of all processes',
          target: { is: 'at most', value: 15 },
          details: {
            requestsPerSecond: rate,
            predictedCores: median(predictedCores),
            measuredCores: median(measuredCores),
          },
        },
        differences,
      ),
    );
  }
  return rows;
}

/** @returns the number of requests. @throws Error if one failed */
async function sendAll(
  url: string,
  requests: readonly string[],
  requestsPerSecond: number,
  seconds: number,
): Promise<number> {
  const { sent, served, failures, rejected } = await runConstantLoad({
    url,
    requests,
    offset: Math.floor(performance.now()),
    requestsPerSecond,
    seconds,
  });
  if (served < sent) {
    const reasons = [...failures].map(([reason, count]) => `${count} ${reason}`);
    throw new Error(`${sent - served} of ${sent} requests failed: ${[`${rejected} rejected`, ...reasons].join(', ')}`);
  }
  return sent;
}

async function playRepeatedly(viewers: readonly Viewer[], titleId: string, seconds: number): Promise<number> {
  const stopAt = performance.now() + seconds * 1000;
  let count = 0;
  const workers = viewers.map(async (viewer) => {
    for (; performance.now() < stopAt; count += 1) await playOnce(viewer, titleId);
  });
  await Promise.all(workers);
  return count;
}

/** @param hasEvents whether the time in which the events of the work are processed is included */
async function sampleCpu(cpu: PlatformCpu, work: () => Promise<number>, hasEvents: boolean): Promise<Sample> {
  const { result, cpuSeconds } = await cpu.measure(async () => {
    const count = await work();
    if (hasEvents) await sleep(SETTLE_MS);
    return count;
  });
  return { count: result, cpuSeconds };
}

function toCostRow(
  kind: Kind | 'batch',
  cost: Cost,
  totals: readonly number[],
  details: Readonly<Record<string, number>> = {},
): Row {
  const byProcess = Object.fromEntries(PROCESSES.map((name) => [`${name}Ms`, cost[name]]));
  const text = {
    id: `model.cost-${kind}`,
    title: kind === 'batch' ? 'CPU time of a batch of heartbeats, all processes' : `CPU time of ${kind}, all processes`,
    unit: 'ms',
    baseline: 'idle platform',
  };
  return toRow({ ...text, details: { ...byProcess, ...details } }, totals);
}

/** CPU time per request. */
function toTotalMs({ count, cpuSeconds }: Sample): number {
  return (1000 * sum(cpuSeconds)) / count;
}

function toCost(samples: readonly Sample[]): Cost {
  const entries = PROCESSES.map((name) => [
    name,
    Math.max(0, median(samples.map(({ count, cpuSeconds }) => (1000 * cpuSeconds[name]) / count))),
  ]);
  return Object.fromEntries(entries) as Record<ProcessName, number>;
}

function sum(values: CpuSeconds): number {
  return PROCESSES.reduce((total, name) => total + values[name], 0);
}

function multiply(values: Readonly<Record<RequestKind, number>>, factor: number): Record<RequestKind, number> {
  const entries = Object.entries(values).map(([kind, value]) => [kind, value * factor]);
  return Object.fromEntries(entries) as Record<RequestKind, number>;
}

/** Rows that were inserted, updated, or deleted in all databases since the statistics were reset. */
async function countWrites(postgresUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    // Sessions report their statistics with a delay of up to a second.
    await sleep(SETTLE_MS);
    const { rows } = await client.query<{ count: string }>(
      'SELECT sum(tup_inserted + tup_updated + tup_deleted) AS count FROM pg_stat_database',
    );
    return Number(rows[0]?.count);
  } finally {
    await client.end();
  }
}
