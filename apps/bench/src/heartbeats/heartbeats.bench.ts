import { setTimeout as sleep } from 'node:timers/promises';
import { videoV1 } from '@viernes/contracts';
import { createGrpcClient, newTraceId, runInContext } from '@viernes/platform';
import { meterCpu, type ListPids } from '../processes/cpu-meter.js';
import { connectToBackends } from '../processes/postgres-backends.js';
import { ProcessGroup } from '../processes/process-group.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { getProcess } from '../run/platform.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';
import { createSessions, type PlaybackSession, type StoredSessions } from './playback-sessions.js';
import { recordWritingTransactions, type WritingTransactions } from './writing-transactions.js';

/** Enough for full batches: a batch collects heartbeats for half a second, 1,000 of them at 2,000 per second. */
const IN_FLIGHT = 1_000;
/** One heartbeat per session and round. */
const SESSIONS = 10_000;
const ROUNDS = 3;
const TIMEOUT_MS = 30_000;
const STORED_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 50;

export const heartbeats: Bench = {
  name: 'heartbeats',
  summary: 'playback heartbeats per writing transaction of the databases, and the delay of the progress',
  run: benchHeartbeats,
};

type Group = 'video' | 'user' | 'postgres';
type Service = 'video' | 'user' | 'catalog';

/** Sends the heartbeats to the video service directly. The edge stores nothing, and would need most of the CPU time. */
async function benchHeartbeats({ platform, onStep }: BenchContext): Promise<readonly Row[]> {
  const { videoDatabaseUrl, userDatabaseUrl, catalogDatabaseUrl, videoAddress, copies } = platform;
  onStep(`${SESSIONS} playback sessions`);
  const stored = await createSessions(videoDatabaseUrl, userDatabaseUrl, SESSIONS);
  const replicas = new ProcessGroup(copies.videoReplicas);
  const client = connect(videoAddress);
  const otherClients = copies.videoReplicas.map(({ env }) => connect(`dns:///${env['GRPC_ADDRESS']}`));
  const writes: Record<Service, WritingTransactions> = {
    video: await recordWritingTransactions(videoDatabaseUrl),
    user: await recordWritingTransactions(userDatabaseUrl),
    catalog: await recordWritingTransactions(catalogDatabaseUrl),
  };
  const [videoBackends, userBackends] = [
    await connectToBackends(videoDatabaseUrl),
    await connectToBackends(userDatabaseUrl),
  ];
  const groups: Record<Group, ListPids> = {
    video: () => [getProcess(platform, 'video').pid, ...replicas.pids],
    user: () => [getProcess(platform, 'user').pid],
    postgres: async () => [...(await videoBackends.listPids()), ...(await userBackends.listPids())],
  };
  let round = 0;
  const measure = async (clients: readonly VideoClient[]): Promise<Sample> => {
    const before = await countAll(writes);
    round += 1;
    const { result, cpuSeconds } = await meterCpu(groups, () => sendAndStore(stored, round, clients));
    const after = await countAll(writes);
    const transactions = {
      video: after.video - before.video,
      user: after.user - before.user,
      catalog: after.catalog - before.catalog,
    };
    return { ...result, cpuSeconds, transactions };
  };
  const measureRounds = async (clients: readonly VideoClient[]): Promise<readonly Sample[]> => {
    const load = `${SESSIONS} heartbeats, replicas of video: ${clients.length}, ${IN_FLIGHT} in flight`;
    onStep(`${load}, warm-up`);
    // New processes still have to compile their code.
    await measure(clients);
    const samples: Sample[] = [];
    while (samples.length < ROUNDS) {
      onStep(`${load}, ${samples.length + 1} of ${ROUNDS}`);
      samples.push(await measure(clients));
    }
    return samples;
  };
  try {
    const single = await measureRounds([client]);
    await replicas.start();
    return toRows(single, await measureRounds([client, ...otherClients]));
  } finally {
    for (const each of [client, ...otherClients]) each.close();
    await replicas.stop();
    await Promise.all([...Object.values(writes), videoBackends, userBackends].map((each) => each.stop()));
    await stored.remove();
  }
}

async function countAll({
  video,
  user,
  catalog,
}: Record<Service, WritingTransactions>): Promise<Record<Service, number>> {
  return { video: await video.count(), user: await user.count(), catalog: await catalog.count() };
}

type VideoClient = ReturnType<typeof connect>;

function connect(address: string) {
  return createGrpcClient(videoV1.VideoServiceService, address, { idempotent: [], timeoutMs: TIMEOUT_MS });
}

interface Sample {
  /** Until the last response. */
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** From the last response until user has stored all positions. */
  readonly delayMs: number;
  /** Writing transactions, in the database of each service that stores heartbeats or their events. */
  readonly transactions: Readonly<Record<Service, number>>;
  readonly cpuSeconds: Readonly<Record<Group, number>>;
}

function toRows(samples: readonly Sample[], replicated: readonly Sample[]): readonly Row[] {
  const during = 'during as many heartbeats as the machine can process';
  return [
    toTransactionsRow(
      'heartbeats.transactions',
      `writing transactions of video, user and catalog per second, ${during}`,
      samples,
    ),
    toTransactionsRow('heartbeats.transactions-replicas', `the same with four replicas of video`, replicated),
    toRow(
      { id: 'heartbeats.rate', title: 'heartbeats per second', unit: 'heartbeats/s', baseline: 'none' },
      samples.map(({ seconds }) => SESSIONS / seconds),
    ),
    toRow(
      {
        id: 'heartbeats.delay',
        title: 'delay from the last response until user has stored all positions',
        unit: 'ms',
        baseline: 'fixed limit',
        target: { is: 'at most', value: 1_000 },
      },
      samples.map(({ delayMs }) => delayMs),
    ),
  ];
}

function toTransactionsRow(id: string, title: string, samples: readonly Sample[]): Row {
  const medianOf = (read: (sample: Sample) => number): number => median(samples.map(read));
  const cpuMs = (group: Group): number => medianOf(({ cpuSeconds }) => (cpuSeconds[group] * 1_000) / SESSIONS);
  return toRow(
    {
      id,
      title,
      unit: 'transactions/s',
      baseline: 'fixed limit for any number of heartbeats',
      target: { is: 'at most', value: 50 },
      details: {
        videoTransactionsPerSecond: medianOf(({ transactions, seconds }) => transactions.video / seconds),
        userTransactionsPerSecond: medianOf(({ transactions, seconds }) => transactions.user / seconds),
        catalogTransactionsPerSecond: medianOf(({ transactions, seconds }) => transactions.catalog / seconds),
        heartbeatsPerSecond: medianOf(({ seconds }) => SESSIONS / seconds),
        p50Ms: medianOf(({ latenciesMs }) => percentile(latenciesMs, 50)),
        p99Ms: medianOf(({ latenciesMs }) => percentile(latenciesMs, 99)),
        videoCpuMs: cpuMs('video'),
        userCpuMs: cpuMs('user'),
        postgresCpuMs: cpuMs('postgres'),
      },
    },
    samples.map(
      ({ transactions, seconds }) => (transactions.video + transactions.user + transactions.catalog) / seconds,
    ),
  );
}

/**
 * Sends one heartbeat per session, from the same number of players with each client, and waits until user has stored all
 * positions.
 *
 * @throws the first error, and Error if a position is not stored within a minute
 */
async function sendAndStore(
  { sessions, countStored }: StoredSessions,
  positionMs: number,
  clients: readonly VideoClient[],
): Promise<Pick<Sample, 'seconds' | 'latenciesMs' | 'delayMs'>> {
  const startedAt = performance.now();
  const latenciesMs: number[] = [];
  const remaining = sessions.values();
  const play = async (client: VideoClient): Promise<void> => {
    // The players share the iterator, so that each session is sent once.
    for (const session of remaining) {
      const sentAt = performance.now();
      await sendHeartbeat(client, session, positionMs);
      latenciesMs.push(performance.now() - sentAt);
    }
  };
  await Promise.all(
    clients.flatMap((client) => Array.from({ length: IN_FLIGHT / clients.length }, () => play(client))),
  );
  const finishedAt = performance.now();
  while ((await countStored(positionMs)) < sessions.length) {
    if (performance.now() - finishedAt > STORED_TIMEOUT_MS) throw new Error('positions are missing after a minute');
    await sleep(POLL_INTERVAL_MS);
  }
  return { seconds: (finishedAt - startedAt) / 1_000, latenciesMs, delayMs: performance.now() - finishedAt };
}

function sendHeartbeat(
  client: VideoClient,
  { id: playbackId, accountId }: PlaybackSession,
  positionMs: number,
): Promise<unknown> {
  const caller = { accountId, sessionId: accountId, role: 'viewer' } as const;
  const context = { ...caller, traceId: newTraceId(), deadlineAt: Date.now() + TIMEOUT_MS };
  return runInContext(context, () => client.heartbeatPlayback({ playbackId, positionMs }));
}
