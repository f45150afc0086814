import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { Inject, Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { currentSpan, SpanKind, traced } from '@viernes/platform';
import { execa } from 'execa';
import { limitedCommand } from './limited-command.js';
import { SANDBOX_CONFIG, type SandboxConfig } from './sandbox.config.js';

export interface ToolRun {
  readonly tool: 'ffmpeg' | 'ffprobe';
  readonly arguments: readonly string[];
  /** The working directory. */
  readonly folder: string;
  readonly timeoutMs: number;
  /** Maximum size of each file that the tool writes. */
  readonly maxFileBytes: number;
  /** Kills the tool. `run` then rejects with the signal's reason. */
  readonly signal: AbortSignal;
  /** Receives each line of standard output. Without it, the lines are collected in the result. */
  readonly onLine?: (line: string) => void;
}

export interface ToolResult {
  /** 128 plus the signal number if a signal ended the tool. */
  readonly exitCode: number;
  readonly stdout: string;
  /** The last characters of standard error, only for the log. */
  readonly stderr: string;
}

const MIB = 1024 ** 2;
/** Address space that the allocator reserves for each thread without using it. */
const RESERVE_BYTES = availableParallelism() * 256 * MIB;
const MAX_STDOUT_CHARACTERS = 1024 * 1024;
const MAX_STDERR_CHARACTERS = 4_000;
/** Exit codes of a shell for a command that cannot be executed or does not exist. */
const NOT_STARTED: readonly number[] = [126, 127];

/**
 * Runs ffmpeg and ffprobe on untrusted files, without standard input or inherited variables other than PATH, and with limits
 * for time, memory, and file size. Kills the complete process group at the end.
 */
@Injectable()
export class Sandbox {
  constructor(@Inject(SANDBOX_CONFIG) private readonly config: SandboxConfig) {}

  /**
   * @throws CodedError DEPENDENCY_UNAVAILABLE if the tool does not start; Error if it exceeds the timeout; the signal's
   * reason if the signal aborts
   */
  run(run: ToolRun): Promise<ToolResult> {
    const describe = () => ({
      name: run.tool,
      kind: SpanKind.INTERNAL,
      attributes: { 'process.executable.name': run.tool },
    });
    return traced(describe, () => this.execute(run));
  }

  private async execute(run: ToolRun): Promise<ToolResult> {
    run.signal.throwIfAborted();
    const command = [this.toolPath(run.tool), ...run.arguments];
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
      let stderr = '';
      child.stderr.on('data', (bytes: Buffer) => {
        stderr = (stderr + bytes.toString('utf8')).slice(-MAX_STDERR_CHARACTERS);
      });
      const stdout = await readLines(child.stdout, run.onLine);
      const { exitCode, shortMessage } = await child;
      stderr = stderr.trim();
      run.signal.throwIfAborted();
      if (timeout.aborted) throw new Error(`${run.tool} exceeded ${run.timeoutMs} ms: ${stderr}`);
      if (child.pid === undefined || (exitCode !== undefined && NOT_STARTED.includes(exitCode))) {
        throw new CodedError('DEPENDENCY_UNAVAILABLE', { tool: run.tool, stderr: stderr || (shortMessage ?? '') });
      }
      if (exitCode === undefined) throw new Error(shortMessage);
      currentSpan()?.setAttribute('process.exit.code', exitCode);
      return { exitCode, stdout, stderr };
    } finally {
      stop.removeEventListener('abort', kill);
      kill();
    }
  }

  private toolPath(tool: ToolRun['tool']): string {
    return tool === 'ffmpeg' ? this.config.FFMPEG_PATH : this.config.FFPROBE_PATH;
  }
}

async function readLines(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): Promise<string> {
  let text = '';
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (onLine) onLine(line);
    else if (text.length < MAX_STDOUT_CHARACTERS) text += `${line}\n`;
  }
  return text;
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: every process of the group has exited.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
