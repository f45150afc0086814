import { execa } from 'execa';
import { join } from 'node:path';
import type { Ports } from '../../settings.ts';
import { homeId, WORKSPACE } from '../../workspace.ts';
import { ownAddress, S3_ACCESS_KEY } from '../addresses.ts';
import { addressOf } from '../given.ts';
import type { BackingName, BackingPart, Progress } from '../part.ts';
import { secret } from '../secrets.ts';
import type { Engine } from './engine.ts';

export interface ContainerOptions {
  readonly home: string;
  readonly ports: Ports;
  readonly onProgress: Progress;
}

/**
 * The services as containers of compose.yaml. Images are fetched here: an engine that cannot fetch them is as good as
 * none, and the answer is empty, said aloud.
 */
export async function containerParts(
  engine: Engine,
  names: readonly BackingName[],
  { home, ports, onProgress }: ContainerOptions,
): Promise<BackingPart[]> {
  const env = composeEnvironment(home, ports);
  const compose = (...args: string[]) =>
    execa(engine.program, [...composeArguments(home), ...args], { env, stdin: 'ignore', all: true, reject: false });
  onProgress('containers', `${engine.program} answers; fetching images that are not there yet`);
  const pull = await compose('pull', '--policy', 'missing', '--quiet', ...names);
  if (pull.exitCode !== 0) {
    onProgress(
      'containers',
      `images cannot be fetched, so this machine's own programs are used: ${lastLine(pull.all)}`,
    );
    return [];
  }
  // All at once: containers that are started side by side would each make the network that they share.
  const made = await compose('up', '--no-start', '--no-deps', ...names);
  if (made.exitCode !== 0) throw new Error(`the containers could not be made: ${lastLine(made.all)}`);
  return names.map((name) => ({
    name,
    origin: 'container',
    address: addressOf(name, ownAddress(name, home, ports)),
    async start() {
      const { exitCode, all } = await compose('up', '--detach', '--wait', '--no-deps', name);
      if (exitCode === 0) return;
      const logs = await compose('logs', '--tail', '15', name);
      throw new Error(`the container of ${name} did not start: ${lastLine(all)}\n${logs.all}`);
    },
    async stop() {
      await compose('stop', '--timeout', '8', name);
    },
  }));
}

/** Removes the containers and their data. */
export async function removeContainers(engine: Engine, home: string, ports: Ports): Promise<void> {
  const env = composeEnvironment(home, ports);
  await execa(engine.program, [...composeArguments(home), 'down', '--volumes'], { env, stdin: 'ignore', all: true });
}

function composeArguments(home: string): string[] {
  const project = `viernes-${homeId(home)}`;
  return ['compose', '--file', join(WORKSPACE, 'compose.yaml'), '--project-name', project, '--profile', 'infra'];
}

/** What compose.yaml asks for: ports, and passwords that no file of the repository holds. */
function composeEnvironment(home: string, ports: Ports): Record<string, string> {
  const { POSTGRES_PORT, KAFKA_PORT, S3_PORT, VALKEY_PORT } = ports;
  return {
    ...Object.fromEntries(
      Object.entries({ POSTGRES_PORT, KAFKA_PORT, S3_PORT, VALKEY_PORT }).map(([k, v]) => [k, `${v}`]),
    ),
    POSTGRES_PASSWORD: secret(home, 'postgres'),
    S3_ACCESS_KEY_ID: S3_ACCESS_KEY,
    S3_SECRET_ACCESS_KEY: secret(home, 's3'),
  };
}

function lastLine(text: string | undefined): string {
  return (text ?? '').trim().split('\n').at(-1) ?? '';
}
