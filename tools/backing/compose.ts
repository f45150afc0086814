import { execa } from 'execa';
import { join } from 'node:path';
import type { Ports } from '../settings.ts';
import { stateDirId, WORKSPACE } from '../workspace.ts';
import type { OnProgress } from './backing-service.ts';
import { readSecret, S3_ACCESS_KEY_ID, type BackingName } from './variables.ts';

/**
 * Returns the compose project of a state folder, or undefined if no engine supports compose and has a daemon that
 * responds. VIERNES_CONTAINERS=no disables containers.
 */
export async function findComposeProject(stateDir: string, ports: Ports) {
  if (process.env['VIERNES_CONTAINERS'] === 'no') return undefined;
  const options = { stdin: 'ignore', timeout: 5_000, reject: false } as const;
  for (const engine of ['docker', 'podman']) {
    const server = await execa(engine, ['version', '--format', '{{.Server.Version}}'], options);
    if (server.exitCode !== 0) continue;
    const compose = await execa(engine, ['compose', 'version'], options);
    if (compose.exitCode === 0) return toProject(engine, stateDir, ports);
  }
  return undefined;
}

function toProject(engine: string, stateDir: string, ports: Ports) {
  const compose = (...args: string[]) => {
    const project = ['--project-name', `viernes-${stateDirId(stateDir)}`, '--profile', 'infra'];
    const env = {
      ...Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, String(port)])),
      POSTGRES_PASSWORD: readSecret(stateDir, 'postgres'),
      S3_ACCESS_KEY_ID,
      S3_SECRET_ACCESS_KEY: readSecret(stateDir, 's3'),
    };
    const command = ['compose', '--file', join(WORKSPACE, 'compose.yaml'), ...project, ...args];
    return execa(engine, command, { env, stdin: 'ignore', all: true, reject: false });
  };

  return {
    /** Pulls the images and creates the containers. @returns false if the engine cannot pull the images */
    async create(names: readonly BackingName[], onProgress: OnProgress): Promise<boolean> {
      onProgress('programs', `pulling missing images with ${engine}`);
      const pull = await compose('pull', '--policy', 'missing', '--quiet', ...names);
      if (pull.exitCode !== 0) {
        onProgress('programs', `images not available, starting native services: ${lastLine(pull.all)}`);
        return false;
      }
      // One command for all: concurrent commands would each create the shared network.
      const create = await compose('up', '--no-start', '--no-deps', ...names);
      if (create.exitCode !== 0) throw new Error(`Cannot create the containers: ${lastLine(create.all)}`);
      return true;
    },
    /** Resolves when the service responds. */
    async start(name: BackingName): Promise<void> {
      const { exitCode, all } = await compose('up', '--detach', '--wait', '--no-deps', name);
      if (exitCode === 0) return;
      const logs = await compose('logs', '--tail', '15', name);
      throw new Error(`The container of ${name} did not start: ${lastLine(all)}\n${logs.all}`);
    },
    stop: async (name: BackingName) => void (await compose('stop', '--timeout', '8', name)),
    /** Removes the containers and their data. */
    remove: async () => void (await compose('down', '--volumes')),
  };
}

function lastLine(text: string | undefined): string {
  return (text ?? '').trim().split('\n').at(-1) ?? '';
}
