import { setTimeout as sleep } from 'node:timers/promises';
import { videoV1 } from '@viernes/contracts';
import { createGrpcClient, newTraceId, runInContext } from '@viernes/platform';
import { meterCpu, type ListPids } from '../processes/cpu-meter.js';
import { connectToBackends } from '../processes/postgres-backends.js';
import type { Bench, BenchContext } from '../run/bench.js';
import { getProcess } from '../run/platform.js';
import { toRow, type Row } from '../run/row.js';
import { median, percentile } from '../run/statistics.js';
import { createSessions, type PlaybackSession, type StoredSessions } from './playback-sessions.js';
import { recordWritingTransactions } from './writing-transactions.js';

/** The heartbeats that wait for their batch at 2,000 per second and 0.25 s each. */
const IN_FLIGHT = 500;
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

/** Sends the heartbeats to the video service directly. The edge stores nothing, and would need most of the CPU time. */
async function benchHeartbeats({ platform, onStep }: BenchContext): Promise<readonly Row[]> {
  const { videoDatabaseUrl, userDatabaseUrl, videoAddress } = platform;
  onStep(`${SESSIONS} playback sessions`);
  const stored = await createSessions(videoDatabaseUrl, userDatabaseUrl, SESSIONS);
  const client = createGrpcClient(videoV1.VideoServiceService, videoAddress, { idempotent: [], timeoutMs: TIMEOUT_MS });
  const send = ({ id: playbackId, accountId }: PlaybackSession, positionMs: number): Promise<unknown> => {
    const caller = { accountId, sessionId: accountId, role: 'viewer' } as const;
    const context = { ...caller, traceId: newTraceId(), deadlineAt: Date.now() + TIMEOUT_MS };
    return runInContext(context, () => client.heartbeatPlayback({ playbackId, positionMs }));
  };
  const [video, user] = [
    await recordWritingTransactions(videoDatabaseUrl),
    await recordWritingTransactions(userDatabaseUrl),
  ];
  const [videoBackends, userBackends] = [
    await connectToBackends(videoDatabaseUrl),
    await connectToBackends(userDatabaseUrl),
  ];
  const groups: Record<Group, ListPids> = {
    video: () => [getProcess(platform, 'video').pid],
    user: () => [getProcess(platform, 'user').pid],
    postgres: async () => [...(await videoBackends.listPids()), ...(await userBackends.listPids())],
  };
  const measure = async (round: number): Promise<Sample> => {
    const before = { video: await video.count(), user: await user.count() };
    const { result, cpuSeconds } = await meterCpu(groups, () =>
      sendAndStore(stored, round, (session) => send(session, round)),
    );
    return {
      ...result,
      cpuSeconds,
      videoTransactions: (await video.count()) - before.video,
      userTransactions: (await user.count()) - before.user,
    };
  };
  try {
    const samples: Sample[] = [];
    // The first round is not measured: new processes compile the code.
    for (let round = 0; round <= ROUNDS; round += 1) {
      onStep(round === 0 ? 'warm-up' : `${SESSIONS} heartbeats, ${IN_FLIGHT} in flight, ${round} of ${ROUNDS}`);
      const sample = await measure(round + 1);
      if (round > 0) samples.push(sample);
    }
    return toRows(samples);
  } finally {
    client.close();
    await Promise.all([video, user, videoBackends, userBackends].map((each) => each.stop()));
    await stored.remove();
  }
}

interface Sample {
  /** Until the last response. */
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** From the last response until user has stored all positions. */
  readonly delayMs: number;
  readonly videoTransactions: number;
  readonly userTransactions: number;
  readonly cpuSeconds: Readonly<Record<Group, number>>;
}

function toRows(samples: readonly Sample[]): readonly Row[] {
  const medianOf = (read: (sample: Sample) => number): number => median(samples.map(read));
  const cpuMs = (group: Group): number => medianOf(({ cpuSeconds }) => (cpuSeconds[group] * 1_000) / SESSIONS);
  return [
    toRow(
      {
        id: 'heartbeats.transactions',
        title:
          'writing transactions of video and user per second, during as many heartbeats as the machine can process',
        unit: 'transactions/s',
        baseline: 'fixed limit for any number of heartbeats',
        target: { is: 'at most', value: 50 },
        details: {
          videoTransactionsPerSecond: medianOf(({ videoTransactions, seconds }) => videoTransactions / seconds),
          userTransactionsPerSecond: medianOf(({ userTransactions, seconds }) => userTransactions / seconds),
          p50Ms: medianOf(({ latenciesMs }) => percentile(latenciesMs, 50)),
          p99Ms: medianOf(({ latenciesMs }) => percentile(latenciesMs, 99)),
          videoCpuMs: cpuMs('video'),
          userCpuMs: cpuMs('user'),
          postgresCpuMs: cpuMs('postgres'),
        },
      },
      samples.map(
        ({ videoTransactions, userTransactions, seconds }) => (videoTransactions + userTransactions) / seconds,
      ),
    ),
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

/** @throws the first error of a heartbeat, and Error if a position is not stored within a minute */
async function sendAndStore(
  { sessions, countStored }: StoredSessions,
  positionMs: number,
  send: (session: PlaybackSession) => Promise<unknown>,
): Promise<Pick<Sample, 'seconds' | 'latenciesMs' | 'delayMs'>> {
  const startedAt = performance.now();
  const latenciesMs: number[] = [];
  const remaining = sessions.values();
  const players = Array.from({ length: IN_FLIGHT }, async () => {
    // The players share the iterator, so that each session is sent once.
    for (const session of remaining) {
      const sentAt = performance.now();
      await send(session);
      latenciesMs.push(performance.now() - sentAt);
    }
  });
  await Promise.all(players);
  const finishedAt = performance.now();
  while ((await countStored(positionMs)) < sessions.length) {
    if (performance.now() - finishedAt > STORED_TIMEOUT_MS) throw new Error('positions are missing after a minute');
    await sleep(POLL_INTERVAL_MS);
  }
  return { seconds: (finishedAt - startedAt) / 1_000, latenciesMs, delayMs: performance.now() - finishedAt };
}
