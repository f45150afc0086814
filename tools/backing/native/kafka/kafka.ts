import { createHash, randomBytes } from 'node:crypto';
import { execa } from 'execa';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tcpAnswers } from '../../../processes/probes.ts';
import type { ProcessSpec } from '../../../processes/supervised-process.ts';
import type { Ports } from '../../../settings.ts';
import { javaArguments, kafkaProperties } from './properties.ts';

const LOG4J = join(import.meta.dirname, 'log4j2.xml');

export interface KafkaOptions {
  readonly java: string;
  readonly jars: string;
  readonly home: string;
  readonly ports: Ports;
  readonly logFile: string;
}

/** Writes the broker's settings, formats its storage once, and says how to run it. */
export async function prepareKafka({ java, jars, home, ports, logFile }: KafkaOptions): Promise<ProcessSpec> {
  const folder = join(home, 'kafka');
  const dataDir = join(folder, 'data');
  await mkdir(folder, { recursive: true });
  const properties = join(folder, 'server.properties');
  writeFileSync(
    properties,
    kafkaProperties({ dataDir, port: ports.KAFKA_PORT, controllerPort: ports.KAFKA_CONTROLLER_PORT }),
  );
  if (!existsSync(join(dataDir, 'meta.properties'))) {
    const clusterId = randomBytes(16).toString('base64url');
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties];
    await execa(java, [...javaArguments(jars, LOG4J, []), ...format], { stdin: 'ignore', all: true });
  }
  return {
    name: 'kafka',
    command: java,
    args: [...javaArguments(jars, LOG4J, await classArchive(java, jars)), 'kafka.Kafka', properties],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    cwd: folder,
    logFile,
    isReady: startedSince(logFile, ports.KAFKA_PORT),
    // It writes the archive of classes when it ends, the first time.
    stopWithinMs: 9000,
    failsEarly: true,
  };
}

/**
 * The broker's classes in a form that Java maps into memory: it halves each later start, and is bound to one Java and one
 * set of jars. The first run of all writes it when it ends, so that no start waits for it.
 */
async function classArchive(java: string, jars: string): Promise<string[]> {
  const { stderr } = await execa(java, ['-version'], { stdin: 'ignore' });
  const archive = join(jars, `classes-${createHash('sha256').update(stderr).digest('hex').slice(0, 12)}.jsa`);
  // One that was cut off while it was written is refused by Java, which then starts without.
  return existsSync(archive)
    ? [`-XX:SharedArchiveFile=${archive}`, '-Xshare:auto']
    : [`-XX:ArchiveClassesAtExit=${archive}`];
}

function startedSince(logFile: string, port: number): () => Promise<boolean> {
  const from = existsSync(logFile) ? readFileSync(logFile).length : 0;
  return async () => {
    const log = existsSync(logFile) ? readFileSync(logFile) : Buffer.alloc(0);
    // A rotated log is shorter than it was.
    return log.subarray(log.length < from ? 0 : from).includes('Kafka Server started') && tcpAnswers(port);
  };
}
