import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox, type ToolResult, type ToolRun } from './sandbox.js';

describe('the sandbox', () => {
  let folder: string;

  const runTool = (path: string, options: Partial<ToolRun> = {}): Promise<ToolResult> => {
    const config = {
      SCRATCH_DIR: folder,
      FFMPEG_PATH: path,
      FFPROBE_PATH: path,
      FFMPEG_MEMORY_MIB: 4096,
      PATH: '/usr/local/bin:/usr/bin:/bin',
    };
    return new Sandbox(config).run({
      tool: 'ffmpeg',
      arguments: ['--', "it's; $HOME"],
      folder,
      timeoutMs: 60_000,
      maxFileBytes: 4096,
      signal: new AbortController().signal,
      ...options,
    });
  };
  /** Runs a script instead of ffmpeg. */
  const run = async (script: string, options?: Partial<ToolRun>): Promise<ToolResult> => {
    const path = join(folder, 'script');
    await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return runTool(path, options);
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-sandbox-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('passes arguments unchanged and returns output and exit code', async () => {
    expect(await run('printf "%s|" "$@"; echo; pwd; echo bad >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: `--|it's; $HOME|\n${folder}\n`,
      stderr: 'bad',
    });
  });

  it('provides no input, and no environment except PATH and LC_ALL', async () => {
    const { stdout } = await run('env | sed "s/=.*//" | grep -v -e ^PWD -e ^_ -e ^SHLVL -e ^OLDPWD | sort; cat');
    expect(stdout).toBe('LC_ALL\nPATH\n');
  });

  it('returns only the end of a long standard error', async () => {
    const { stderr } = await run('i=0; while [ $i -lt 2000 ]; do echo "line $i" >&2; i=$((i+1)); done');
    expect(stderr.length).toBeLessThanOrEqual(4_000);
    expect(stderr).toMatch(/line 1999$/);
  });

  it('limits the size of written files', async () => {
    const { exitCode } = await run('head -c 100000 /dev/zero > big');
    expect(exitCode).not.toBe(0);
  });

  it('passes each line of output to the callback', async () => {
    const lines: string[] = [];
    const { stdout } = await run('echo one; echo two', { onLine: (line) => lines.push(line) });
    expect({ lines, stdout }).toEqual({ lines: ['one', 'two'], stdout: '' });
  });

  it('reports the signal that killed the tool', async () => {
    expect(await run('kill -9 $$')).toMatchObject({ exitCode: 128 + 9 });
  });

  it('kills a tool that exceeds its timeout, and its children', async () => {
    await expect(run('sleep 1000 & sleep 1000', { timeoutMs: 200 })).rejects.toThrow('exceeded 200 ms');
  });

  it('kills a tool when the signal aborts, and rejects with its reason', async () => {
    const stop = new AbortController();
    const reason = new Error('not needed');
    const running = run('echo started; exec sleep 1000', { signal: stop.signal, onLine: () => stop.abort(reason) });
    await expect(running).rejects.toBe(reason);
  });

  it('rejects with DEPENDENCY_UNAVAILABLE when the tool is missing or not executable', async () => {
    const unavailable = { code: 'DEPENDENCY_UNAVAILABLE', details: { tool: 'ffmpeg' } };
    await expect(runTool(join(folder, 'missing'))).rejects.toMatchObject(unavailable);
    await writeFile(join(folder, 'text'), 'not a program', { mode: 0o644 });
    await expect(runTool(join(folder, 'text'))).rejects.toMatchObject(unavailable);
  });
});
