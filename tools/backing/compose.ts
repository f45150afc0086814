import { execa } from 'execa';
import { join } from 'node:path';
import type { Ports } from '../settings.ts';
import { stateDirId, WORKSPACE } from '../workspace.ts';
import type { BackingService, OnProgress } from './backing-service.ts';
import { findOnPath } from './native/programs.ts';
import { readSecret, S3_ACCESS_KEY_ID, toDisplayAddress, toOwnVariables, type BackingName } from './variables.ts';

const ENGINE_TIMEOUT_MS = 5000;

/** The project of compose.yaml for one state folder, on docker or podman. */
export class ComposeProject {
  private readonly engine: string;
  private readonly stateDir: string;
  private readonly ports: Ports;

  private constructor(engine: string, stateDir: string, ports: Ports) {
    this.engine = engine;
    this.stateDir = stateDir;
    this.ports = ports;
  }

  /** Finds an engine whose daemon responds and that supports compose. VIERNES_CONTAINERS=no disables containers. */
  static async find(stateDir: string, ports: Ports): Promise<ComposeProject | undefined> {
    if (process.env['VIERNES_CONTAINERS'] === 'no') return undefined;
    const options = { stdin: 'ignore', timeout: ENGINE_TIMEOUT_MS, reject: false } as const;
    for (const name of ['docker', 'podman']) {
      const engine = findOnPath(name);
      if (engine === undefined) continue;
      const server = await execa(engine, ['version', '--format', '{{.Server.Version}}'], options);
      if (server.exitCode !== 0) continue;
      const compose = await execa(engine, ['compose', 'version'], options);
      if (compose.exitCode === 0) return new ComposeProject(engine, stateDir, ports);
    }
    return undefined;
  }

  /** Pulls the images and creates the containers. @returns an empty list if the engine cannot pull the images */
  async create(names: readonly BackingName[], onProgress: OnProgress): Promise<BackingService[]> {
    onProgress('programs', `pulling missing images with ${this.engine}`);
    const pull = await this.compose('pull', '--policy', 'missing', '--quiet', ...names);
    if (pull.exitCode !== 0) {
      onProgress('programs', `images not available, starting native services: ${lastLine(pull.all)}`);
      return [];
    }
    // One command for all: concurrent commands would each create the shared network.
    const create = await this.compose('up', '--no-start', '--no-deps', ...names);
    if (create.exitCode !== 0) throw new Error(`Cannot create the containers: ${lastLine(create.all)}`);
    return names.map((name) => ({
      name,
      origin: 'container',
      address: toDisplayAddress(name, toOwnVariables(name, this.stateDir, this.ports)),
      start: () => this.start(name),
      stop: async () => void (await this.compose('stop', '--timeout', '8', name)),
    }));
  }

  /** Removes the containers and their data. */
  async remove(): Promise<void> {
    await this.compose('down', '--volumes');
  }

  private async start(name: BackingName): Promise<void> {
    const { exitCode, all } = await this.compose('up', '--detach', '--wait', '--no-deps', name);
    if (exitCode === 0) return;
    const logs = await this.compose('logs', '--tail', '15', name);
    throw new Error(`The container of ${name} did not start: ${lastLine(all)}\n${logs.all}`);
  }

  private compose(...args: string[]) {
    const project = ['--project-name', `viernes-${stateDirId(this.stateDir)}`, '--profile', 'infra'];
    const { POSTGRES_PORT, KAFKA_PORT, S3_PORT, VALKEY_PORT } = this.ports;
    const ports = Object.entries({ POSTGRES_PORT, KAFKA_PORT, S3_PORT, VALKEY_PORT });
    const env = {
      ...Object.fromEntries(ports.map(([name, port]) => [name, String(port)])),
      POSTGRES_PASSWORD: readSecret(this.stateDir, 'postgres'),
      S3_ACCESS_KEY_ID,
      S3_SECRET_ACCESS_KEY: readSecret(this.stateDir, 's3'),
    };
    const command = ['compose', '--file', join(WORKSPACE, 'compose.yaml'), ...project, ...args];
    return execa(this.engine, command, { env, stdin: 'ignore', all: true, reject: false });
  }
}

function lastLine(text: string | undefined): string {
  return (text ?? '').trim().split('\n').at(-1) ?? '';
}
