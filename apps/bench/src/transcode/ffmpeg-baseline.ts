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
  type EncodeJob,
} from '@viernes/media';

const run = promisify(execFile);

export interface FfmpegPaths {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
}

/** Seconds from the start. */
export interface LadderSeconds {
  /** Until the lowest rung and the audio exist. */
  readonly playable: number;
  readonly completeLadder: number;
  readonly renditionCount: number;
}

/** Encodes the same renditions as the platform, with the same ffmpeg arguments in the same order. */
export async function encodeLadder(
  sourcePath: string,
  { ffmpegPath, ffprobePath }: FfmpegPaths,
): Promise<LadderSeconds> {
  const folder = await mkdtemp(join(tmpdir(), 'viernes-bench-'));
  try {
    const startedAt = performance.now();
    const seconds = (): number => (performance.now() - startedAt) / 1000;
    const { job, lowest, rest, hasAudio } = await planJobs(sourcePath, ffprobePath);
    const encode = (options: string[]) => run(ffmpegPath, options, { cwd: folder, maxBuffer: 16 * 1024 * 1024 });

    await encode(videoArguments(job('lowest'), lowest));
    if (hasAudio) await encode(audioArguments(job('audio'), AUDIO_RENDITION));
    const playable = seconds();
    for (const rung of rest) await encode(videoArguments(job(rung.name), rung));
    return { playable, completeLadder: seconds(), renditionCount: rest.length + (hasAudio ? 2 : 1) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function planJobs(sourcePath: string, ffprobePath: string) {
  const demuxer = sniffDemuxer(await readFirstBytes(sourcePath));
  if (demuxer === undefined) throw new Error(`${sourcePath}: unknown video format`);
  const probed = parseProbe((await run(ffprobePath, probeArguments(sourcePath, demuxer))).stdout);
  if (!probed.isReadable) throw new Error(`${sourcePath}: not readable: ${probed.reason}`);
  const { source } = probed;
  const [lowest, ...rest] = planLadder(source);
  if (lowest === undefined) throw new Error(`${sourcePath}: the encoding ladder is empty`);
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

async function readFirstBytes(path: string): Promise<Uint8Array> {
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
  return buffer;
}
