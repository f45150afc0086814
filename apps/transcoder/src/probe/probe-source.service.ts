import { open } from 'node:fs/promises';
import { Injectable, Logger } from '@nestjs/common';
import { CodedError, type transcodeV1 } from '@viernes/contracts';
import {
  findLimitViolation,
  measureArguments,
  parseProbe,
  parseProgress,
  probeArguments,
  SNIFF_BYTES,
  sniffDemuxer,
  type Demuxer,
  type SourceProbe,
} from '@viernes/media';
import { Sandbox, type ToolResult } from '../sandbox/sandbox.js';

const PROBE_TIMEOUT_MS = 60_000;
const MEASURE_TIMEOUT_MS = 300_000;
const MAX_FILE_BYTES = 1024 * 1024;
/** Higher exit codes mean that a signal killed ffprobe. After an error of its own, it exits with 1. */
const SIGNAL_EXIT_CODE = 128;
/** The error code that ffprobe reports if an allocation fails: AVERROR(ENOMEM). */
const OUT_OF_MEMORY = -12;

export interface ProbeTask {
  readonly sourcePath: string;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Determines the format and the properties of a source from its bytes. Ignores its file name. */
@Injectable()
export class ProbeSource {
  private readonly logger = new Logger(ProbeSource.name);

  constructor(private readonly sandbox: Sandbox) {}

  /**
   * @throws CodedError SOURCE_UNREADABLE or SOURCE_LIMIT_EXCEEDED, with the reason in its details; TRANSCODE_FAILED if
   * ffprobe is killed or runs out of memory, or if ffmpeg fails; any error of Sandbox.run, such as a timeout
   */
  async run(task: ProbeTask): Promise<transcodeV1.ProbeResult> {
    const demuxer = sniffDemuxer(await readFirstBytes(task.sourcePath));
    if (!demuxer) throw new CodedError('SOURCE_UNREADABLE', { reason: 'unknown-format' });
    const source = await this.probe(task, demuxer);
    assertWithinLimits(source);
    const durationMs = source.durationMs ?? (await this.measureDuration(task, demuxer));
    assertWithinLimits({ ...source, durationMs });
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
    const result = await this.sandbox.run({
      tool: 'ffprobe',
      arguments: ['-show_error', ...probeArguments(sourcePath, demuxer)],
      folder,
      signal,
      timeoutMs: PROBE_TIMEOUT_MS,
      maxFileBytes: MAX_FILE_BYTES,
    });
    const { exitCode, stdout, stderr } = result;
    if (isInterrupted(result)) throw new CodedError('TRANSCODE_FAILED', { reason: 'ffprobe', exitCode, stderr });
    if (exitCode !== 0) this.logger.warn({ exitCode, stderr }, 'ffprobe failed to read a source');
    const outcome = parseProbe(exitCode === 0 ? stdout : '');
    if (!outcome.isReadable) throw new CodedError('SOURCE_UNREADABLE', { reason: outcome.reason, exitCode });
    return outcome.source;
  }

  /** Reads the complete source, because its header does not contain the duration. */
  private async measureDuration({ sourcePath, folder, signal }: ProbeTask, demuxer: Demuxer): Promise<number> {
    let durationMs = 0;
    const { exitCode, stderr } = await this.sandbox.run({
      tool: 'ffmpeg',
      arguments: measureArguments(sourcePath, demuxer),
      folder,
      signal,
      timeoutMs: MEASURE_TIMEOUT_MS,
      maxFileBytes: MAX_FILE_BYTES,
      onLine: (line) => (durationMs = parseProgress(line)?.positionMs ?? durationMs),
    });
    // The position reached so far is not the duration.
    if (exitCode !== 0) throw new CodedError('TRANSCODE_FAILED', { reason: 'ffmpeg', exitCode, stderr });
    return durationMs;
  }
}

function assertWithinLimits(source: SourceProbe): void {
  const violation = findLimitViolation(source);
  if (violation) throw new CodedError('SOURCE_LIMIT_EXCEEDED', { ...violation });
}

/** Returns whether ffprobe was killed or ran out of memory. The source can still be valid. */
function isInterrupted({ exitCode, stdout }: ToolResult): boolean {
  if (exitCode > SIGNAL_EXIT_CODE) return true;
  return exitCode !== 0 && new RegExp(`"code":\\s*${OUT_OF_MEMORY}\\b`).test(stdout);
}

async function readFirstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFF_BYTES), 0, SNIFF_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
