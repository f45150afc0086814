import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.js';
import { Sandbox, type ToolResult, type ToolRun } from './sandbox.service.js';

describe('the sandbox', () => {
  let folder: string;

  /** Runs a script in ffmpeg's place. */
  const run = async (script: string, change: Partial<ToolRun> = {}): Promise<ToolResult> => {
    const path = join(folder, 'script');
    await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const config = readConfig({
      HEALTH_ADDRESS: '127.0.0.1:0',
      VIDEO_ADDRESS: 'dns:///127.0.0.1:1',
      SCRATCH_DIR: folder,
      FFMPEG_PATH: path,
    });
    return new Sandbox(config).run({
      tool: 'ffmpeg',
      arguments: ['--', "it's; $HOME"],
      folder,
      timeoutMs: 60_000,
      maxFileBytes: 4096,
      signal: new AbortController().signal,
      ...change,
    });
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'viernes-sandbox-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('passes arguments as they are, and answers output, complaints and exit code', async () => {
    expect(await run('printf "%s|" "$@"; echo; pwd; echo bad >&2; exit 3')).toEqual({
      exitCode: 3,
      output: `--|it's; $HOME|\n${folder}\n`,
      complaints: 'bad',
    });
  });

  it('lends no environment and no input', async () => {
    const { output } = await run('env | sed "s/=.*//" | grep -v -e ^PWD -e ^_ -e ^SHLVL -e ^OLDPWD | sort; cat');
    expect(output).toBe('LC_ALL\nPATH\n');
  });

  it('keeps the end of endless complaints', async () => {
    const { complaints } = await run('i=0; while [ $i -lt 2000 ]; do echo "line $i" >&2; i=$((i+1)); done');
    expect(complaints.length).toBeLessThanOrEqual(4_000);
    expect(complaints).toMatch(/line 1999$/);
  });

  it('bounds the files that are written', async () => {
    const { exitCode } = await run('head -c 100000 /dev/zero > big');
    expect(exitCode).not.toBe(0);
  });

  it('hands lines over as they come', async () => {
    const lines: string[] = [];
    const { output } = await run('echo one; echo two', { onLine: (line) => lines.push(line) });
    expect({ lines, output }).toEqual({ lines: ['one', 'two'], output: '' });
  });

  it('ends what takes too long, its children too', async () => {
    await expect(run('sleep 1000 & sleep 1000', { timeoutMs: 200 })).rejects.toThrow('took longer than 200 ms');
  });

  it('ends what is no longer wanted, with the reason', async () => {
    const stop = new AbortController();
    const reason = new Error('not wanted');
    const ended = run('echo started; exec sleep 1000', { signal: stop.signal, onLine: () => stop.abort(reason) });
    await expect(ended).rejects.toBe(reason);
  });

  it('says that a tool is not there', async () => {
    await expect(run('', { tool: 'ffprobe', arguments: [] }).then(() => run('exit 127'))).rejects.toThrow(
      'ffmpeg does not start',
    );
  });
});
