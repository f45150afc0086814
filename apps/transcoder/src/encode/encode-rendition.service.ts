import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import {
  audioArguments,
  isDemuxer,
  maxRenditionBytes,
  parseProgress,
  parseSingleFilePlaylist,
  videoArguments,
  type EncodeJob,
} from '@viernes/media';
import { CONFIG, type TranscoderConfig } from '../config.js';
import { Sandbox } from '../sandbox/sandbox.service.js';
import { uploadRendition } from './upload-rendition.js';

export interface EncodeTask {
  readonly job: transcodeV1.Job;
  readonly spec: Exclude<transcodeV1.Job['spec'], undefined | { $case: 'probe' }>;
  readonly sourcePath: string;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

const PLAYLIST_NAME = 'rendition.m3u8';
const MEDIA_NAME = 'rendition.mp4';
/** Slower than a twentieth of real time is stuck, or a source made to be slow. */
const MAX_SLOWNESS = 20;
const START_ALLOWANCE_MS = 60_000;
/** What is left for the upload. */
const ENCODED_FRACTION = 0.97;

/** Makes one rendition of a source, checks it, and puts it into the store. */
@Injectable()
export class EncodeRendition {
  constructor(
    private readonly sandbox: Sandbox,
    @Inject(CONFIG) private readonly config: TranscoderConfig,
  ) {}

  /** @throws CodedError TRANSCODE_FAILED where ffmpeg fails or its output is not whole */
  async run(task: EncodeTask): Promise<transcodeV1.RenditionResult> {
    await this.encode(task);
    const mediaPath = join(task.folder, MEDIA_NAME);
    const result = await readResult(join(task.folder, PLAYLIST_NAME), mediaPath);
    await uploadRendition(mediaPath, task.job.outputUrl, task.signal);
    task.onProgress(1);
    return result;
  }

  private async encode({ job, spec, sourcePath, folder, signal, onProgress }: EncodeTask): Promise<void> {
    const { demuxer, durationMs } = job;
    if (!isDemuxer(demuxer)) throw new CodedError('TRANSCODE_FAILED', { reason: 'demuxer-not-allowed' });
    const { exitCode, complaints } = await this.sandbox.run({
      tool: 'ffmpeg',
      arguments: encodeArguments(spec, {
        sourcePath,
        demuxer,
        durationMs,
        playlistName: PLAYLIST_NAME,
        mediaName: MEDIA_NAME,
        threads: this.config.FFMPEG_THREADS,
      }),
      folder,
      signal,
      timeoutMs: Math.min(START_ALLOWANCE_MS + MAX_SLOWNESS * durationMs, this.config.JOB_TIMEOUT_SECONDS * 1000),
      // Twice what ffmpeg was told to stop at.
      maxFileBytes: 2 * maxRenditionBytes(bitrateOf(spec), durationMs + START_ALLOWANCE_MS),
      onLine: (line) => {
        const position = parseProgress(line);
        if (position) onProgress(ENCODED_FRACTION * Math.min(1, position.positionMs / Math.max(1, durationMs)));
      },
    });
    if (exitCode !== 0) throw new CodedError('TRANSCODE_FAILED', { reason: 'ffmpeg', exitCode, complaints });
  }
}

function bitrateOf(spec: EncodeTask['spec']): number {
  return spec.$case === 'audio' ? spec.audio.bitrateBps : spec.video.bitrateBps;
}

function encodeArguments(spec: EncodeTask['spec'], job: EncodeJob): string[] {
  if (spec.$case === 'audio') return audioArguments(job, spec.audio);
  const { frameRateNumerator: numerator, frameRateDenominator: denominator, ...video } = spec.video;
  return videoArguments(job, { ...video, frameRate: { numerator, denominator } });
}

/** The ranges that the playlist names must be the whole file, or players would ask for bytes that are not there. */
async function readResult(playlistPath: string, mediaPath: string): Promise<transcodeV1.RenditionResult> {
  try {
    const { initSegment, segments } = parseSingleFilePlaylist(await readFile(playlistPath, 'utf8'));
    const { size: sizeBytes } = await stat(mediaPath);
    const last = segments.at(-1)?.byteRange ?? initSegment;
    const namedBytes = last.offset + last.length;
    if (namedBytes !== sizeBytes) throw new Error(`the playlist names ${namedBytes} of ${sizeBytes} bytes`);
    return { sizeBytes, initSegment, segments: [...segments] };
  } catch (error) {
    throw new CodedError('TRANSCODE_FAILED', { reason: 'output-not-whole' }, { cause: error });
  }
}
