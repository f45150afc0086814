import { EdgeClient, generateVideo, type GeneratedVideo } from '@viernes/cli';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { useCatalog } from '../catalog-data/catalog.js';
import { readCompleteHome } from '../home/complete-home.js';
import { runConstantLoad } from '../load/constant-load.js';
import type { BenchContext } from '../run/bench.js';
import { uploadAndWait } from '../transcode/upload.js';
import { createRequests, type RequestKind } from './request-mix.js';
import { copySessions, createViewers, playOnce, startSessions } from './viewers.js';

const VIEWERS = 12;
const SESSION_WORKERS = 4;
/** Per second, of all workers. They use fewer cores than the high load. */
const PACED_SESSIONS = 8;
/** Copies of each session, so that half a second of heartbeats contains no session twice. */
const SESSION_COPIES = 200;

/** Small, because only its sessions are measured, and not its encoding. */
const VIDEO: GeneratedVideo = {
  widthPx: 426,
  heightPx: 240,
  framesPerSecond: 24,
  durationSeconds: 60,
  videoGraph: 'testsrc2=size=426x240:rate=24',
  audioExpression: '0.1*sin(2*PI*220*t)',
};

/** Requests at rates that do not depend on the response times. */
export interface Workload {
  readonly requests: Readonly<Record<RequestKind, readonly string[]>>;
  /** @returns the number of requests. @throws Error if one failed */
  readonly send: (requests: readonly string[], requestsPerSecond: number, seconds: number) => Promise<number>;
  /** @returns the number of started and ended playback sessions */
  readonly playSessions: (seconds: number) => Promise<number>;
}

export async function createWorkload(context: BenchContext): Promise<Workload> {
  const { platform, onStep } = context;
  const titles = await useCatalog(context);
  await readCompleteHome(platform.edgeUrl);
  onStep('uploading a video file to play');
  const editor = new EdgeClient({ edgeUrl: platform.edgeUrl, credentials: platform.editor });
  const { titleId } = await uploadAndWait(editor, await generateSample(platform.ffmpegPath));
  const viewers = await createViewers(platform, VIEWERS);
  const [players, watchers] = [viewers.slice(0, SESSION_WORKERS), viewers.slice(SESSION_WORKERS)];
  const started = await startSessions(watchers, titleId);
  const sessions = await copySessions(platform.videoDatabaseUrl, started, SESSION_COPIES);
  return {
    requests: createRequests(new URL(platform.edgeUrl), titles, viewers, sessions),
    send: (requests, requestsPerSecond, seconds) => sendAll(platform.edgeUrl, requests, requestsPerSecond, seconds),
    playSessions: async (seconds) => {
      const perWorker = Math.ceil((seconds * PACED_SESSIONS) / SESSION_WORKERS);
      const intervalMs = (seconds * 1000) / perWorker;
      const startedAt = performance.now();
      const workers = players.map(async (viewer, worker) => {
        for (let index = 0; index < perWorker; index += 1) {
          const dueAt = startedAt + (index + worker / SESSION_WORKERS) * intervalMs;
          await sleep(Math.max(0, dueAt - performance.now()));
          await playOnce(viewer, titleId);
        }
      });
      await Promise.all(workers);
      return SESSION_WORKERS * perWorker;
    },
  };
}

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

async function generateSample(ffmpegPath: string): Promise<string> {
  const folder = join(tmpdir(), 'viernes-bench');
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'model.mp4');
  await generateVideo(VIDEO, path, ffmpegPath);
  return path;
}
