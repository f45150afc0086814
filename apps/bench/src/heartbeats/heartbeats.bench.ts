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

const PER_SECOND = 2_000;
/** The sessions of a round send one heartbeat each. */
const ROUND_SECONDS = 10;
const ROUNDS = 3;
/** New processes compile the code first. */
const WARM_UP = { heartbeats: 4_000, perSecond: 400 };
const TIMEOUT_MS = 5_000;
const STORED_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 50;

export const heartbeats: Bench = {
  name: 'heartbeats',
  summary: '2,000 playback heartbeats per second: writing transactions, latency, and delay of the progress',
  run: benchHeartbeats,
};

type SendHeartbeat = (session: PlaybackSession, positionMs: number) => Promise<unknown>;

/**
 * Sends the heartbeats to the video service directly: with the edge, which stores nothing, this machine would have too
 * few cores.
 */
async function benchHeartbeats({ platform, onStep }: BenchContext): Promise<readonly Row[]> {
  const { videoDatabaseUrl, userDatabaseUrl, videoAddress } = platform;
  const count = PER_SECOND * ROUND_SECONDS;
  onStep(`${count} playback sessions`);
  const stored = await createSessions(videoDatabaseUrl, userDatabaseUrl, count);
  const client = createGrpcClient(videoV1.VideoServiceService, videoAddress, { idempotent: [], timeoutMs: TIMEOUT_MS });
  const send: SendHeartbeat = ({ id: playbackId, accountId }, positionMs) => {
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
  const groups: Record<'video' | 'user' | 'postgres', ListPids> = {
    video: () => [getProcess(platform, 'video').pid],
    user: () => [getProcess(platform, 'user').pid],
    postgres: async () => [...(await videoBackends.listPids()), ...(await userBackends.listPids())],
  };
  const measure = async (round: number) => {
    const before = [await video.count(), await user.count()] as const;
    const startedAt = performance.now();
    const { result, cpuSeconds } = await meterCpu(groups, () => sendAndStore(stored, round * 1_000, send));
    const seconds = (performance.now() - startedAt) / 1_000;
    const after = [await video.count(), await user.count()] as const;
    return {
      ...result,
      videoTransactions: (after[0] - before[0]) / seconds,
      userTransactions: (after[1] - before[1]) / seconds,
      cpuSeconds,
    };
  };
  try {
    await sendAll(stored.sessions.slice(0, WARM_UP.heartbeats), WARM_UP.perSecond, (session) => send(session, 1));
    const samples = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      onStep(`${PER_SECOND} heartbeats per second for ${ROUND_SECONDS} s, ${round} of ${ROUNDS}`);
      samples.push(await measure(round));
    }
    return toRows(samples, count);
  } finally {
    client.close();
    await Promise.all([video, user, videoBackends, userBackends].map((each) => each.stop()));
    await stored.remove();
  }
}

interface Sample {
  readonly latenciesMs: readonly number[];
  /** From the last response until user has stored all positions. */
  readonly delayMs: number;
  /** Per second. */
  readonly videoTransactions: number;
  readonly userTransactions: number;
  readonly cpuSeconds: Readonly<Record<'video' | 'user' | 'postgres', number>>;
}

function toRows(samples: readonly Sample[], heartbeatsPerSample: number): readonly Row[] {
  const load = '2,000 heartbeats per second';
  const cpuMs = (group: keyof Sample['cpuSeconds']) =>
    median(samples.map(({ cpuSeconds }) => (cpuSeconds[group] * 1_000) / heartbeatsPerSample));
  return [
    toRow(
      {
        id: 'heartbeats.transactions',
        title: `${load}: writing transactions of video and user per second`,
        unit: 'transactions/s',
        baseline: 'fixed limit',
        target: { is: 'at most', value: 50 },
        details: {
          videoTransactionsPerSecond: median(samples.map(({ videoTransactions }) => videoTransactions)),
          userTransactionsPerSecond: median(samples.map(({ userTransactions }) => userTransactions)),
          videoCpuMs: cpuMs('video'),
          userCpuMs: cpuMs('user'),
          postgresCpuMs: cpuMs('postgres'),
        },
      },
      samples.map(({ videoTransactions, userTransactions }) => videoTransactions + userTransactions),
    ),
    toRow(
      {
        id: 'heartbeats.p99',
        title: `${load}: 99th percentile of the response, after the commit`,
        unit: 'ms',
        baseline: 'fixed limit',
        target: { is: 'at most', value: 1_000 },
        details: { p50Ms: median(samples.map(({ latenciesMs }) => percentile(latenciesMs, 50))) },
      },
      samples.map(({ latenciesMs }) => percentile(latenciesMs, 99)),
    ),
    toRow(
      {
        id: 'heartbeats.delay',
        title: `${load}: delay until user has stored all positions`,
        unit: 'ms',
        baseline: 'fixed limit',
        target: { is: 'at most', value: 1_000 },
      },
      samples.map(({ delayMs }) => delayMs),
    ),
  ];
}

/** @throws the first error of a heartbeat, and Error if a position is not stored within a minute */
async function sendAndStore({ sessions, countStored }: StoredSessions, positionMs: number, send: SendHeartbeat) {
  const latenciesMs = await sendAll(sessions, PER_SECOND, (session) => send(session, positionMs));
  const sentAt = performance.now();
  while ((await countStored(positionMs)) < sessions.length) {
    if (performance.now() - sentAt > STORED_TIMEOUT_MS) throw new Error('positions are missing in user after a minute');
    await sleep(POLL_INTERVAL_MS);
  }
  return { latenciesMs, delayMs: performance.now() - sentAt };
}

/**
 * Sends at a constant rate. A heartbeat does not wait for earlier ones, and its time counts from the moment at which it
 * was due.
 *
 * @throws the first error of a heartbeat
 */
async function sendAll(
  sessions: readonly PlaybackSession[],
  perSecond: number,
  send: (session: PlaybackSession) => Promise<unknown>,
): Promise<number[]> {
  const startsAt = performance.now();
  const sent: Promise<number>[] = [];
  for (const [index, session] of sessions.entries()) {
    const dueAt = startsAt + (index * 1_000) / perSecond;
    while (dueAt > performance.now()) await sleep(1);
    const response = send(session).then(() => performance.now() - dueAt);
    // Promise.all reports the error after the last request.
    response.catch(() => undefined);
    sent.push(response);
  }
  return Promise.all(sent);
}
