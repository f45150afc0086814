import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startBareKafka } from './bare-kafka.ts';
import { startPipeline } from './event-pipeline.ts';
import type { EventPath } from './event-pipeline.ts';
import { measure } from './measure.ts';
import type { Measure } from './measure.ts';
import { median } from './median.ts';

const ROUNDS = 3;
const EVENTS_A_ROUND = 4_000;
const WARM_UP_EVENTS = 500;
const SINGLE_EVENTS = 40;
/** Under the pool of ten, so that consumers find a connection too. */
const WRITERS_AT_ONCE = 6;
/** As the relay reads them. */
const BATCH_SIZE = 500;

export interface EventsBench {
  /** A superuser's address; the bench makes a database of its own and drops it. */
  readonly postgresUrl: string;
  readonly kafkaBrokers: readonly string[];
}

/** Events from a commit to the consumer's commit, beside the same events through Kafka alone. */
export async function benchEvents(bench: EventsBench, onStep: (step: string) => void): Promise<Measure[]> {
  const name = `viernes_bench_${randomBytes(4).toString('hex')}`;
  const topic = (suffix: string) => ({ name: `${name}.${suffix}`, partitions: 6, retentionHours: 1 });
  await administer(bench.postgresUrl, `CREATE DATABASE ${name}`);
  try {
    const databaseUrl = new URL(bench.postgresUrl);
    databaseUrl.pathname = `/${name}`;
    const pipeline = await startPipeline(databaseUrl.href, bench.kafkaBrokers, topic('pipeline'), WRITERS_AT_ONCE);
    const bare = await startBareKafka(bench.kafkaBrokers, topic('bare'), BATCH_SIZE);
    try {
      return [await compare(pipeline, bare, onStep)];
    } finally {
      await pipeline.stop();
      await bare.stop();
    }
  } finally {
    await administer(bench.postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function compare(pipeline: EventPath, bare: EventPath, onStep: (step: string) => void): Promise<Measure> {
  await pipeline.carry(WARM_UP_EVENTS);
  await bare.carry(WARM_UP_EVENTS);
  const [ours, floor]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round += 1) {
    onStep(`events ${round} of ${ROUNDS}`);
    ours.push(EVENTS_A_ROUND / (await secondsOf(() => pipeline.carry(EVENTS_A_ROUND))));
    floor.push(EVENTS_A_ROUND / (await secondsOf(() => bare.carry(EVENTS_A_ROUND))));
  }
  return measure(
    'outbox -> Kafka -> inbox',
    'events/s',
    { platform: median(ours), floor: median(floor) },
    { aloneP50Ms: await aloneMs(pipeline), floorAloneP50Ms: await aloneMs(bare) },
  );
}

/** How long one event takes when nothing else is under way, milliseconds. */
async function aloneMs(path: EventPath): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < SINGLE_EVENTS; count += 1) times.push(1000 * (await secondsOf(() => path.carry(1))));
  return median(times);
}

async function secondsOf(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}

async function administer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
