import { openAsBlob } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, Logger } from '@nestjs/common';
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
import type { PresignedUrl } from '../object-storage/presigned-url.js';
import { fetchObject, requestWithRetry } from '../object-storage/request-with-retry.js';
import { Sandbox } from '../sandbox/sandbox.js';
import { ENCODE_CONFIG, type EncodeConfig } from './encode.config.js';

export interface EncodeTask {
  readonly job: transcodeV1.Job;
  readonly spec: Exclude<transcodeV1.Job['spec'], undefined | { $case: 'probe' }>;
  readonly sourcePath: string;
  readonly outputUrl: PresignedUrl;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Receives the completed fraction, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

const PLAYLIST_NAME = 'rendition.m3u8';
const MEDIA_NAME = 'rendition.mp4';
/** An encode slower than a twentieth of real time is stuck, or its source is designed to be slow. */
const MAX_SLOWNESS = 20;
/** Also for sources of a few seconds, on a busy machine. */
const START_ALLOWANCE_MS = 60_000;
/** The remaining fraction is the upload. */
const ENCODED_FRACTION = 0.97;

/** Encodes one rendition of a source, verifies it, and uploads it. */
@Injectable()
export class EncodeRendition {
  private readonly logger = new Logger(EncodeRendition.name);

  constructor(
    private readonly sandbox: Sandbox,
    @Inject(ENCODE_CONFIG) private readonly config: EncodeConfig,
  ) {}

  /**
   * @throws CodedError TRANSCODE_FAILED if ffmpeg fails or its output is incomplete; any error of Sandbox.run, such as a
   * timeout; any error of the upload that is not transient
   */
  async run(task: EncodeTask): Promise<transcodeV1.RenditionResult> {
    await this.encode(task);
    const mediaPath = join(task.folder, MEDIA_NAME);
    const result = await readResult(join(task.folder, PLAYLIST_NAME), mediaPath);
    await this.upload(mediaPath, task);
    task.onProgress(1);
    return result;
  }

  private async encode({ job, spec, sourcePath, folder, signal, onProgress }: EncodeTask): Promise<void> {
    const { demuxer, durationMs } = job;
    if (!isDemuxer(demuxer)) throw new CodedError('TRANSCODE_FAILED', { reason: 'demuxer-not-allowed' });
    const { exitCode, stderr } = await this.sandbox.run({
      tool: 'ffmpeg',
      arguments: toArguments(spec, {
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
      // Twice the limit in the arguments, at which ffmpeg finishes the file.
      maxFileBytes: 2 * maxRenditionBytes(toBitrateBps(spec), durationMs),
      onLine: (line) => {
        const position = parseProgress(line);
        if (position) onProgress(ENCODED_FRACTION * Math.min(1, position.positionMs / Math.max(1, durationMs)));
      },
    });
    if (exitCode !== 0) throw new CodedError('TRANSCODE_FAILED', { reason: 'ffmpeg', exitCode, stderr });
  }

  /** Retries for as long as object storage is unavailable: repeating the encode costs more than the wait. */
  private async upload(path: string, { outputUrl, signal }: EncodeTask): Promise<void> {
    await requestWithRetry(
      outputUrl,
      async (url) => {
        // Streams from disk with a known length.
        const body = await openAsBlob(path, { type: 'video/mp4' });
        const response = await fetchObject(url, { method: 'PUT', body, signal });
        await response.body?.cancel();
      },
      { signal, logger: this.logger },
    );
  }
}

function toBitrateBps(spec: EncodeTask['spec']): number {
  return spec.$case === 'audio' ? spec.audio.bitrateBps : spec.video.bitrateBps;
}

function toArguments(spec: EncodeTask['spec'], job: EncodeJob): string[] {
  if (spec.$case === 'audio') return audioArguments(job, spec.audio);
  const { frameRateNumerator: numerator, frameRateDenominator: denominator, ...video } = spec.video;
  return videoArguments(job, { ...video, frameRate: { numerator, denominator } });
}

/**
 * Requires that the byte ranges of the playlist end where the file ends. Otherwise ffmpeg has not written all of it, or
 * the playlist omits a part of the video.
 */
async function readResult(playlistPath: string, mediaPath: string): Promise<transcodeV1.RenditionResult> {
  try {
    const { initSegment, segments } = parseSingleFilePlaylist(await readFile(playlistPath, 'utf8'));
    const { size: sizeBytes } = await stat(mediaPath);
    const last = segments.at(-1)?.byteRange ?? initSegment;
    const listedBytes = last.offset + last.length;
    if (listedBytes !== sizeBytes) throw new Error(`the playlist lists ${listedBytes} of ${sizeBytes} bytes`);
    return { sizeBytes, initSegment, segments: [...segments] };
  } catch (error) {
    throw new CodedError('TRANSCODE_FAILED', { reason: 'output-incomplete' }, { cause: error });
  }
}
