import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readPssMib } from '../processes/proc.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { interleave, toRatios } from '../run/interleave.js';
import { getProcess } from '../run/platform.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';
import { startBareWs } from './bare-ws.js';
import { openLiveEvents } from './live-events.js';
import { Subscribers, type Source } from './subscribers.js';

const COUNTS = [1, 100, 5_000] as const;
/** Published one after the other, to measure the latency. */
const SINGLE_EVENTS = 3;
/** Published together, to measure the rate. Fewer bytes than the edge buffers for a slow reader. */
const BURST_EVENTS = 20;
/** Published before the first sample, to open connections to the broker and to compile hot code. */
const WARM_UP_EVENTS = 20;
/** After this time, most garbage of the handshakes is collected. */
const SETTLE_MS = 3_000;
const BASELINE = 'bare ws server, the same messages';

export const fanOut: Bench = {
  name: 'fan-out',
  summary: 'events to 1, 100 and 5,000 subscribers of /v1/events: latency, messages per second, memory per connection',
  run: benchFanOut,
};

interface Sample {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** From the first to the last receipt of one event. */
  readonly spreadMs: number;
  readonly messagesPerSecond: number;
}

async function benchFanOut({ options, platform, onStep }: BenchContext): Promise<readonly Row[]> {
  await using cleanup = new AsyncDisposableStack();
  const live = await openLiveEvents(platform);
  cleanup.defer(() => live.close());
  const bare = await startBareWs();
  cleanup.defer(() => bare.stop());
  const rows: Row[] = [];
  for (const count of COUNTS) {
    onStep(`subscribers: ${count}`);
    const edgeSide = await connect(count, live.source, getProcess(platform, 'edge').pid);
    try {
      await warmUp(edgeSide.subscribers);
      const bareSide = await connect(
        count,
        bare.toSource(() => edgeSide.subscribers.latest),
        bare.pid,
      );
      try {
        await warmUp(bareSide.subscribers);
        const samples = await interleave(options.rounds, {
          platform: () => measure(edgeSide.subscribers),
          baseline: () => measure(bareSide.subscribers),
        });
        rows.push(...toRows(count, samples));
        if (count === COUNTS.at(-1)) rows.push(toMemoryRow(count, edgeSide.kib, bareSide.kib));
      } finally {
        await bareSide.subscribers.close();
      }
    } finally {
      await edgeSide.subscribers.close();
    }
  }
  return rows;
}

/** @returns the subscribers, and the memory that each connection adds to the server */
async function connect(count: number, source: Source, pid: number) {
  const before = await readPssMib(pid);
  const subscribers = await Subscribers.open(count, source);
  await sleep(SETTLE_MS);
  return { subscribers, kib: ((await readPssMib(pid)) - before) * (1024 / count) };
}

async function warmUp(subscribers: Subscribers): Promise<void> {
  for (let count = 0; count < WARM_UP_EVENTS; count += 1) await subscribers.receive([randomUUID()]);
}

async function measure(subscribers: Subscribers): Promise<Sample> {
  const latenciesMs: number[] = [];
  const spreadsMs: number[] = [];
  for (let count = 0; count < SINGLE_EVENTS; count += 1) {
    const receipts = await subscribers.receive([randomUUID()]);
    latenciesMs.push(...receipts.latenciesMs);
    spreadsMs.push(receipts.spreadMs);
  }
  const burst = await subscribers.receive(Array.from({ length: BURST_EVENTS }, () => randomUUID()));
  return {
    p50Ms: percentile(latenciesMs, 50),
    p99Ms: percentile(latenciesMs, 99),
    spreadMs: median(spreadsMs),
    messagesPerSecond: (subscribers.count * BURST_EVENTS * 1000) / burst.spreadMs,
  };
}

interface Samples {
  readonly platform: readonly Sample[];
  readonly baseline: readonly Sample[];
}

function toRows(count: number, { platform, baseline }: Samples): Row[] {
  const values = (samples: readonly Sample[], field: keyof Sample) => samples.map((sample) => sample[field]);
  const name = `${count} subscriber${count === 1 ? '' : 's'}`;
  const latency = toRow(
    {
      id: `fan-out.${count}.latency`,
      title: `${name}, from the broker to the clients, 99th percentile`,
      unit: 'ms',
      baseline: 'fixed limit',
      target: { is: 'at most', value: 1_000 },
      details: { p50Ms: median(values(platform, 'p50Ms')), bareP99Ms: median(values(baseline, 'p99Ms')) },
    },
    values(platform, 'p99Ms'),
  );
  // With one subscriber, a burst measures the broker.
  if (count === 1) return [latency];
  const compare = (field: 'messagesPerSecond' | 'spreadMs') =>
    toRatios(values(platform, field), values(baseline, field));
  return [
    latency,
    toRow(
      {
        id: `fan-out.${count}.spread`,
        title: `${name}, from the first to the last receipt of an event`,
        unit: 'x',
        baseline: BASELINE,
        target: { is: 'at most', value: 2 },
        details: { spreadMs: median(values(platform, 'spreadMs')) },
      },
      compare('spreadMs'),
    ),
    toRow(
      {
        id: `fan-out.${count}.rate`,
        title: `${name}, ${BURST_EVENTS} events at the same time: messages per second`,
        unit: 'x',
        baseline: BASELINE,
        target: { is: 'at least', value: 0.5 },
        details: { messagesPerSecond: median(values(platform, 'messagesPerSecond')) },
      },
      compare('messagesPerSecond'),
    ),
  ];
}

function toMemoryRow(count: number, kib: number, bareKib: number): Row {
  return toRow(
    {
      id: `fan-out.${count}.memory`,
      title: `${count} subscribers, memory of the edge per connection (PSS)`,
      unit: 'KiB',
      baseline: 'fixed limit',
      target: { is: 'at most', value: 64 },
      details: { bareKib },
    },
    [kib],
  );
}
