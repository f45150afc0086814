import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tcpAnswers } from '../../processes/probes.ts';
import type { ProcessSpec } from '../../processes/supervised-process.ts';
import type { Ports } from '../../settings.ts';

/** Says how to run Valkey, or Redis, which takes the same arguments. */
export async function prepareValkey(
  program: string,
  home: string,
  ports: Ports,
  logFile: string,
): Promise<ProcessSpec> {
  const folder = join(home, 'valkey');
  await mkdir(folder, { recursive: true });
  return {
    name: 'valkey',
    command: program,
    args: ['--bind', '127.0.0.1', '--port', String(ports.VALKEY_PORT), '--dir', folder].concat([
      '--appendonly',
      'yes',
      '--save',
      '',
      '--daemonize',
      'no',
    ]),
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    logFile,
    isReady: () => tcpAnswers(ports.VALKEY_PORT),
    failsEarly: true,
  };
}
