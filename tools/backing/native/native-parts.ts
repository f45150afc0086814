import { join } from 'node:path';
import { RunLedger } from '../../processes/run-ledger.ts';
import { SupervisedProcess, type ProcessSpec } from '../../processes/supervised-process.ts';
import type { Ports } from '../../settings.ts';
import { addressOf } from '../given.ts';
import { ownAddress } from '../addresses.ts';
import type { BackingName, BackingPart, Progress } from '../part.ts';
import { kafkaJars } from './kafka/jars.ts';
import { prepareKafka } from './kafka/kafka.ts';
import { placePostgres, postgresPackage } from './postgres-binaries.ts';
import { preparePostgres } from './postgres.ts';
import type { Programs } from './programs.ts';
import { prepareS3 } from './s3.ts';
import { prepareValkey } from './valkey.ts';

export interface NativeOptions {
  readonly home: string;
  readonly ports: Ports;
  readonly programs: Programs;
  readonly onProgress: Progress;
}

/** Services as plain processes of this machine. */
export function nativePart(name: BackingName, options: NativeOptions): BackingPart {
  const { home, ports, onProgress } = options;
  const address = addressOf(name, ownAddress(name, home, ports));
  let running: SupervisedProcess | undefined;
  return {
    name,
    origin: 'native',
    address,
    get process() {
      return running;
    },
    async start() {
      const spec = await prepare(name, options);
      onProgress(name, 'starting');
      running = new SupervisedProcess(spec, new RunLedger(join(home, 'run')), ({ state, note }) => {
        if (state === 'crashed') onProgress(name, `ended: ${note}`);
      });
      running.start();
      await running.whenReady();
    },
    async stop() {
      await running?.stop();
    },
  };
}

async function prepare(name: BackingName, { home, ports, programs, onProgress }: NativeOptions): Promise<ProcessSpec> {
  const logFile = join(home, 'logs', `${name}.log`);
  switch (name) {
    case 'postgres': {
      onProgress(name, 'preparing');
      const place = placePostgres(needed(postgresPackage()), home);
      return preparePostgres(place, home, ownAddress(name, home, ports)['POSTGRES_URL'] ?? '', logFile);
    }
    case 'kafka': {
      const say = (text: string) => onProgress(name, text);
      const jars = await kafkaJars(programs.wheels, say);
      return prepareKafka({ java: needed(programs.java), jars, home, ports, logFile, onProgress: say });
    }
    case 's3':
      return prepareS3(needed(programs.s3), home, ports, logFile);
    case 'valkey':
      return prepareValkey(needed(programs.valkey), home, ports, logFile);
  }
}

function needed<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a program was not resolved before its start');
  return value;
}
