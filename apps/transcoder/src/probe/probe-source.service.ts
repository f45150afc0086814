import { open } from 'node:fs/promises';
import { Injectable, Logger } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import {
  findBoundFault,
  measureArguments,
  parseProbe,
  parseProgress,
  probeArguments,
  SNIFF_BYTES,
  sniffDemuxer,
  type Demuxer,
  type SourceProbe,
} from '@viernes/media';
import { Sandbox } from '../sandbox/sandbox.service.js';

const PROBE_TIMEOUT_MS = 60_000;
const MEASURE_TIMEOUT_MS = 300_000;
const MAX_FILE_BYTES = 1024 * 1024;

export interface ProbeTask {
  readonly sourcePath: string;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Finds out what a source is, without believing its name. */
@Injectable()
export class ProbeSource {
  private readonly logger = new Logger(ProbeSource.name);

  constructor(private readonly sandbox: Sandbox) {}

  /** @throws CodedError SOURCE_UNREADABLE or SOURCE_LIMIT_EXCEEDED, with the reason in its details */
  async run(task: ProbeTask): Promise<transcodeV1.ProbeResult> {
    const demuxer = sniffDemuxer(await firstBytes(task.sourcePath));
    if (!demuxer) throw new CodedError('SOURCE_UNREADABLE', { reason: 'unknown-format' });
    const source = await this.probe(task, demuxer);
    this.assertWithinBounds(source);
    const durationMs = source.durationMs ?? (await this.measure(task, demuxer));
    this.assertWithinBounds({ ...source, durationMs });
    return {
      demuxer,
      durationMs,
      width: source.width,
      height: source.height,
      frameRateNumerator: source.frameRate.numerator,
      frameRateDenominator: source.frameRate.denominator,
      videoCodec: source.videoCodec,
      hasAudio: source.hasAudio,
    };
  }

  private async probe({ sourcePath, folder, signal }: ProbeTask, demuxer: Demuxer): Promise<SourceProbe> {
    const { exitCode, output, complaints } = await this.sandbox.run({
      tool: 'ffprobe',
      arguments: probeArguments(sourcePath, demuxer),
      folder,
      signal,
      timeoutMs: PROBE_TIMEOUT_MS,
      maxFileBytes: MAX_FILE_BYTES,
    });
    if (exitCode !== 0) this.logger.warn({ exitCode, complaints }, 'ffprobe cannot read a source');
    const probed = parseProbe(exitCode === 0 ? output : '');
    if (!probed.isReadable) throw new CodedError('SOURCE_UNREADABLE', { reason: probed.reason, exitCode });
    return probed.source;
  }

  /** Walks through a source whose header does not know how long it is. */
  private async measure({ sourcePath, folder, signal }: ProbeTask, demuxer: Demuxer): Promise<number> {
    let durationMs = 0;
    await this.sandbox.run({
      tool: 'ffmpeg',
      arguments: measureArguments(sourcePath, demuxer),
      folder,
      signal,
      timeoutMs: MEASURE_TIMEOUT_MS,
      maxFileBytes: MAX_FILE_BYTES,
      onLine: (line) => (durationMs = parseProgress(line)?.positionMs ?? durationMs),
    });
    return durationMs;
  }

  private assertWithinBounds(source: SourceProbe): void {
    const fault = findBoundFault(source);
    if (fault) throw new CodedError('SOURCE_LIMIT_EXCEEDED', { ...fault });
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
