import { execFile } from 'node:child_process';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  AUDIO_RENDITION,
  SNIFF_BYTES,
  audioArguments,
  parseProbe,
  planLadder,
  probeArguments,
  sniffDemuxer,
  videoArguments,
} from '@viernes/media';
import type { EncodeJob } from '@viernes/media';

const run = promisify(execFile);

export interface Tools {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
}

export interface LadderSeconds {
  /** Until the lowest rung and the sound are there. */
  readonly playable: number;
  readonly wholeLadder: number;
  readonly renditionCount: number;
}

/** The renditions that the platform makes of a film, with the same arguments in the same order, and nothing around it. */
export async function encodeBare(sourcePath: string, { ffmpegPath, ffprobePath }: Tools): Promise<LadderSeconds> {
  const folder = await mkdtemp(join(tmpdir(), 'viernes-bench-'));
  try {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    const { job, lowest, rest, hasAudio } = await plan(sourcePath, ffprobePath);
    const encode = (options: string[]) => run(ffmpegPath, options, { cwd: folder, maxBuffer: 16 * 1024 * 1024 });

    await encode(videoArguments(job('lowest'), lowest));
    if (hasAudio) await encode(audioArguments(job('audio'), AUDIO_RENDITION));
    const playable = seconds();
    for (const rung of rest) await encode(videoArguments(job(rung.name), rung));
    return { playable, wholeLadder: seconds(), renditionCount: rest.length + (hasAudio ? 2 : 1) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function plan(sourcePath: string, ffprobePath: string) {
  const demuxer = sniffDemuxer(await firstBytes(sourcePath));
  if (demuxer === undefined) throw new Error(`${sourcePath} is no film that we read`);
  const probed = parseProbe((await run(ffprobePath, probeArguments(sourcePath, demuxer))).stdout);
  if (!probed.isReadable) throw new Error(`${sourcePath} is no film that we read: ${probed.reason}`);
  const { source } = probed;
  const [lowest, ...rest] = planLadder(source);
  if (lowest === undefined) throw new Error(`${sourcePath} has no ladder`);
  const job = (name: string): EncodeJob => ({
    sourcePath,
    demuxer,
    durationMs: source.durationMs ?? 0,
    playlistName: `${name}.m3u8`,
    mediaName: `${name}.mp4`,
    threads: 0,
  });
  return { job, lowest, rest, hasAudio: source.hasAudio };
}

async function firstBytes(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
  return buffer;
}
