import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PidRegistry } from './pid-registry.ts';
import { identify } from './process-identity.ts';

describe('PidRegistry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'viernes-pids-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('terminates a process that a killed supervisor left, even if it ignores SIGINT', async () => {
    const script = 'process.on("SIGINT", () => {}); setInterval(() => {}, 1000); console.log("ready")';
    const child = spawn(process.execPath, ['-e', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    const exited = once(child, 'exit');
    new PidRegistry(folder).add('ignores-sigint', child.pid ?? 0);
    expect(await new PidRegistry(folder).terminateAll({ graceMs: 200 })).toEqual(['ignores-sigint']);
    await expect(exited).resolves.toEqual([null, 'SIGKILL']);
    expect(await new PidRegistry(folder).terminateAll()).toEqual([]);
  });

  it('does not terminate another process with the same ID', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    const registry = new PidRegistry(folder);
    writeFileSync(join(folder, 'other.json'), JSON.stringify({ pid: child.pid, startTime: 'another start' }));
    expect(await registry.terminateAll({ graceMs: 0 })).toEqual([]);
    expect(identify(child.pid ?? 0)).toBeDefined();
    child.kill('SIGKILL');
  });

  it('throws for a process of another user, and keeps its record', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' });
    const registry = new PidRegistry(folder);
    registry.add('other-user', child.pid ?? 0);
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    try {
      const error = `No permission to stop process ${child.pid}. Stop it as its user or as root.`;
      await expect(registry.terminateAll({ graceMs: 0 })).rejects.toThrow(error);
      expect(registry.find('other-user')).toBeDefined();
    } finally {
      kill.mockRestore();
      child.kill('SIGKILL');
    }
  });
});
