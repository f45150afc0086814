import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { freePort } from '@viernes/testing';

const PROGRAM = `
import { runProcess } from ${JSON.stringify(new URL('../../dist/index.js', import.meta.url).href)};
const [host, port] = process.env.ADDRESS.split(':');
await runProcess({
  name: 'probe',
  config: { LOG_LEVEL: 'info', HEALTH_ADDRESS: { host, port: Number(port) }, DRAIN_DELAY_MS: 0, DRAIN_TIMEOUT_MS: 300 },
  start: async ({ logger, readiness }) => {
    const logLines = (phase) => { for (let line = 0; line < Number(process.env.LINES ?? 0); line += 1) logger.info(phase); };
    logLines('line of start');
    if (process.env.START === 'fails') throw new Error('no such module');
    readiness.add('database', () => process.env.DATABASE === 'unavailable' ? 'connecting to 10.0.0.1' : true);
    const keepAlive = setInterval(() => {}, 1000);
    if (process.env.THROWS === 'later') setTimeout(() => { logLines('line of work'); throw new Error('out of range'); }, 10);
    return {
      close: async () => {
        logLines('line of close');
        if (process.env.CLOSE === 'hangs') await new Promise(() => {});
        clearInterval(keepAlive);
      },
    };
  },
});
`;

describe('a process', () => {
  let child: ChildProcess;
  let log: string;
  let address: string;

  const run = async (env: Record<string, string>): Promise<void> => {
    address = `127.0.0.1:${await freePort()}`;
    log = '';
    child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { PATH: process.env['PATH'], ADDRESS: address, ...env },
    });
    child.stdout?.on('data', (bytes: Buffer) => (log += bytes.toString()));
    child.stderr?.on('data', (bytes: Buffer) => (log += bytes.toString()));
  };
  const logged = async (text: string): Promise<void> => {
    while (!log.includes(text)) {
      if (child.exitCode !== null) throw new Error(`exited without logging ${text}: ${log}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  afterEach(() => child.kill('SIGKILL'));

  it('reports which dependency is not ready, and that it is alive', async () => {
    await run({ DATABASE: 'unavailable' });
    await logged('listening');
    const ready = await fetch(`http://${address}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({
      isReady: false,
      checks: { process: true, database: 'connecting to 10.0.0.1' },
    });
    expect((await fetch(`http://${address}/livez`)).status).toBe(200);
    expect(await (await fetch(`http://${address}/metrics`)).text()).toContain('process_resident_memory_bytes');
  });

  it('drains at SIGTERM and exits with code 0', async () => {
    await run({});
    await logged('listening');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(log).toContain('"stopped"');
  });

  it('aborts work that does not finish within DRAIN_TIMEOUT_MS and exits with code 0', async () => {
    await run({ CLOSE: 'hangs' });
    await logged('listening');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect(log).toContain('work in progress aborted');
  });

  it('exits with code 1 and logs the reason when it cannot start', async () => {
    await run({ START: 'fails' });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(log).toContain('no such module');
  });

  // More than a pipe buffers.
  const LINES = 3_000;
  const count = (text: string): number => log.split(text).length - 1;

  it('writes every log line before it exits at SIGTERM', async () => {
    await run({ LINES: String(LINES) });
    await logged('listening');
    child.kill('SIGTERM');
    expect(await once(child, 'close')).toEqual([0, null]);
    expect([count('line of start'), count('line of close'), count('"stopped"')]).toEqual([LINES, LINES, 1]);
  });

  it('writes every log line before it exits after an uncaught exception', async () => {
    await run({ LINES: String(LINES), THROWS: 'later' });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect([count('line of work'), count('out of range') > 0]).toEqual([LINES, true]);
  });
});
