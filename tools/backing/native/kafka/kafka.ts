import { createHash, randomBytes } from 'node:crypto';
import { execa } from 'execa';
import getPort from 'get-port';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tcpAnswers } from '../../../processes/probes.ts';
import type { ProcessSpec } from '../../../processes/supervised-process.ts';
import type { Ports } from '../../../settings.ts';
import { javaArguments, kafkaProperties, type KafkaPlace } from './properties.ts';

const LOG4J = join(import.meta.dirname, 'log4j2.xml');

export interface KafkaOptions {
  readonly java: string;
  readonly jars: string;
  readonly home: string;
  readonly ports: Ports;
  readonly logFile: string;
  readonly onProgress: (text: string) => void;
}

/** Writes the broker's settings, formats its storage once, and says how to run it. */
export async function prepareKafka(options: KafkaOptions): Promise<ProcessSpec> {
  const { java, jars, home, ports, logFile } = options;
  const folder = join(home, 'kafka');
  const properties = await formatStorage(java, jars, {
    dataDir: join(folder, 'data'),
    port: ports.KAFKA_PORT,
    controllerPort: ports.KAFKA_CONTROLLER_PORT,
  });
  return {
    name: 'kafka',
    command: java,
    args: [...javaArguments(jars, LOG4J, await classArchive(options)), 'kafka.Kafka', properties],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    cwd: folder,
    logFile,
    isReady: startedSince(logFile, ports.KAFKA_PORT),
    stopWithinMs: 3500,
    failsEarly: true,
  };
}

/** @returns path of the settings file */
async function formatStorage(java: string, jars: string, place: KafkaPlace): Promise<string> {
  const properties = join(dirname(place.dataDir), 'server.properties');
  await mkdir(dirname(properties), { recursive: true });
  await writeFile(properties, kafkaProperties(place));
  if (!existsSync(join(place.dataDir, 'meta.properties'))) {
    const clusterId = randomBytes(16).toString('base64url');
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties];
    await execa(java, [...javaArguments(jars, LOG4J, []), ...format], { stdin: 'ignore', all: true });
  }
  return properties;
}

/**
 * The broker's classes in a form that Java maps into memory: it halves each start. Bound to one Java and one set of jars;
 * made once by a broker on a scratch folder, which writes it when it ends.
 *
 * @returns the argument of Java that uses it; none when it could not be made, for Kafka starts without too
 */
async function classArchive({ java, jars, home, onProgress }: KafkaOptions): Promise<string[]> {
  const { stderr } = await execa(java, ['-version'], { stdin: 'ignore' });
  const archive = join(jars, `classes-${createHash('sha256').update(stderr).digest('hex').slice(0, 12)}.jsa`);
  const use = [`-XX:SharedArchiveFile=${archive}`];
  // Not every Java can write one; it is asked once.
  const refusal = `${archive}.none`;
  if (existsSync(archive)) return use;
  if (existsSync(refusal)) return [];
  onProgress('preparing quick starts, once');
  const scratch = await mkdtemp(join(home, 'kafka-training-'));
  try {
    const port = await getPort({ host: '127.0.0.1' });
    const controllerPort = await getPort({ host: '127.0.0.1', exclude: [port] });
    const properties = await formatStorage(java, jars, { dataDir: join(scratch, 'data'), port, controllerPort });
    const draft = join(jars, `${process.pid}.jsa`);
    const args = [...javaArguments(jars, LOG4J, [`-XX:ArchiveClassesAtExit=${draft}`]), 'kafka.Kafka', properties];
    // Writing it takes Java some seconds after it was asked to end.
    const broker = execa(java, args, { stdin: 'ignore', all: true, reject: false, forceKillAfterDelay: false });
    broker.all.on('data', (text: Buffer) => {
      if (text.includes('Kafka Server started')) broker.kill('SIGTERM');
    });
    await broker;
    if (!existsSync(draft)) {
      await writeFile(refusal, '');
      return [];
    }
    await rename(draft, archive);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  return use;
}

function startedSince(logFile: string, port: number): () => Promise<boolean> {
  const from = existsSync(logFile) ? readFileSync(logFile).length : 0;
  return async () => {
    const log = existsSync(logFile) ? readFileSync(logFile) : Buffer.alloc(0);
    // A rotated log is shorter than it was.
    return log.subarray(log.length < from ? 0 : from).includes('Kafka Server started') && tcpAnswers(port);
  };
}
