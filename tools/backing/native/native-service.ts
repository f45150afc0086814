import { join } from 'node:path';
import { PidRegistry } from '../../processes/pid-registry.ts';
import { SupervisedProcess, type ProcessSpec } from '../../processes/supervised-process.ts';
import type { BackingOptions, BackingService } from '../backing-service.ts';
import { toDisplayAddress, toOwnVariables, type BackingName } from '../variables.ts';
import { prepareKafka } from './kafka.ts';
import { preparePostgres } from './postgres.ts';
import type { Programs } from './programs.ts';
import { prepareS3 } from './s3.ts';
import { prepareValkey } from './valkey.ts';
import type { Wheels } from './wheels.ts';

type NativeOptions = BackingOptions & { readonly programs: Programs };

/** A process without the settings that all native services share. */
export type NativeSpec = Omit<ProcessSpec, 'name' | 'logFile' | 'isEarlyExitFinal'>;

/** Options of the services that come from wheels. */
export interface PrepareOptions extends Omit<BackingOptions, 'onProgress'> {
  readonly wheels: Wheels;
  readonly logFile: string;
  readonly onProgress: (text: string) => void;
}

/** Creates a service that is a process of this machine. */
export function createNativeService(name: BackingName, options: NativeOptions): BackingService {
  const { stateDir, ports, onProgress } = options;
  let running: SupervisedProcess | undefined;
  return {
    name,
    origin: 'native',
    address: toDisplayAddress(name, toOwnVariables(name, stateDir, ports)),
    get process() {
      return running;
    },
    async start() {
      const spec = await prepare(name, options);
      onProgress(name, 'starting');
      running = new SupervisedProcess(spec, new PidRegistry(join(stateDir, 'run')), ({ state, note }) => {
        if (state === 'crashed') onProgress(name, `exited: ${note}`);
      });
      running.start();
      await running.whenReady();
    },
    async stop() {
      await running?.stop();
    },
  };
}

async function prepare(
  name: BackingName,
  { stateDir, ports, programs, onProgress }: NativeOptions,
): Promise<ProcessSpec> {
  const logFile = join(stateDir, 'logs', `${name}.log`);
  const common = { name, logFile, isEarlyExitFinal: true };
  if (name === 'postgres') return { ...(await preparePostgres(stateDir, ports)), ...common };
  const { wheels } = programs;
  if (wheels === undefined) throw new Error('The wheels were not resolved.');
  const log = (text: string) => onProgress(name, text);
  const options: PrepareOptions = { wheels, stateDir, ports, logFile, onProgress: log };
  const spec = await { kafka: prepareKafka, s3: prepareS3, valkey: prepareValkey }[name](options);
  return { ...spec, ...common };
}
