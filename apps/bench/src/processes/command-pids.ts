import { readFile, readdir } from 'node:fs/promises';

/** Returns the processes of this machine whose command line matches. */
export async function listPidsByCommand(pattern: RegExp): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const matches = pids.map(async (pid) => {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return pattern.test(command.replaceAll('\0', ' ')) ? [Number(pid)] : [];
  });
  return (await Promise.all(matches)).flat();
}
