import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { Inject, Injectable } from '@nestjs/common';
import { execa } from 'execa';
import { CONFIG, type TranscoderConfig } from '../config.js';
import { limitedCommand } from './limited-command.js';
import { TextTail } from './text-tail.js';

export interface ToolRun {
  readonly tool: 'ffmpeg' | 'ffprobe';
  readonly arguments: readonly string[];
  /** Its working directory. */
  readonly folder: string;
  readonly timeoutMs: number;
  /** Of each file that it writes. */
  readonly maxFileBytes: number;
  /** Kills it; run() then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Gets each line of standard output; without it, the lines are kept for the result. */
  readonly onLine?: (line: string) => void;
}

export interface ToolResult {
  /** Over 128: ended by that signal plus 128. */
  readonly exitCode: number;
  readonly output: string;
  /** The end of what it wrote to standard error: for our log, never for a client. */
  readonly complaints: string;
}

const MIB = 1024 ** 2;
/** Of address space: an allocator takes a good part for each thread without using it. */
const RESERVE_BYTES = availableParallelism() * 256 * MIB;
const MAX_OUTPUT_CHARACTERS = 1024 * 1024;
const MAX_COMPLAINT_CHARACTERS = 4_000;
/** A shell's answers where a command cannot be run, or is not there. */
const NOT_STARTED: readonly number[] = [126, 127];

/**
 * Runs ffmpeg and ffprobe on files of strangers: no environment, no standard input, bounded time, memory and file
 * size, the whole process group killed at the end.
 */
@Injectable()
export class Sandbox {
  constructor(@Inject(CONFIG) private readonly config: TranscoderConfig) {}

  /** @throws Error where the tool does not start or takes too long; the signal's reason where that was aborted */
  async run(run: ToolRun): Promise<ToolResult> {
    run.signal.throwIfAborted();
    const command = [this.pathOf(run.tool), ...run.arguments];
    const cpuSeconds = Math.ceil((run.timeoutMs / 1000) * availableParallelism());
    const memoryBytes = this.config.FFMPEG_MEMORY_MIB * MIB + RESERVE_BYTES;
    const limits = { cpuSeconds, memoryBytes, fileBytes: run.maxFileBytes };
    const timeout = AbortSignal.timeout(run.timeoutMs);
    const stop = AbortSignal.any([run.signal, timeout]);

    const child = execa('/bin/sh', limitedCommand(command, limits), {
      cwd: run.folder,
      env: { PATH: this.config.PATH, LC_ALL: 'C' },
      extendEnv: false,
      detached: true,
      reject: false,
      buffer: false,
      stdin: 'pipe',
    });
    const kill = (): void => killGroup(child.pid);
    stop.addEventListener('abort', kill, { once: true });
    try {
      const complaints = new TextTail(MAX_COMPLAINT_CHARACTERS);
      child.stderr.on('data', (bytes: Buffer) => complaints.add(bytes.toString('utf8')));
      const output = await readLines(child.stdout, run.onLine);
      const { exitCode, shortMessage } = await child;
      run.signal.throwIfAborted();
      if (timeout.aborted) throw new Error(`${run.tool} took longer than ${run.timeoutMs} ms: ${complaints.text}`);
      if (exitCode === undefined) throw new Error(shortMessage);
      if (NOT_STARTED.includes(exitCode)) throw new Error(`${run.tool} does not start: ${complaints.text}`);
      return { exitCode, output, complaints: complaints.text };
    } finally {
      stop.removeEventListener('abort', kill);
      kill();
    }
  }

  private pathOf(tool: ToolRun['tool']): string {
    return tool === 'ffmpeg' ? this.config.FFMPEG_PATH : this.config.FFPROBE_PATH;
  }
}

async function readLines(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): Promise<string> {
  let output = '';
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (onLine) onLine(line);
    else if (output.length < MAX_OUTPUT_CHARACTERS) output += `${line}\n`;
  }
  return output;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: all of the group has ended.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
