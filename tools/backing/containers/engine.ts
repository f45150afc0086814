import { execa } from 'execa';
import { findOnPath } from '../native/path-programs.ts';

export interface Engine {
  readonly program: string;
}

const ANSWER_WITHIN_MS = 5000;

/** A container engine whose daemon answers and that knows compose. VIERNES_CONTAINERS=no turns this off. */
export async function findEngine(env: NodeJS.ProcessEnv = process.env): Promise<Engine | undefined> {
  if (env['VIERNES_CONTAINERS'] === 'no') return undefined;
  for (const name of ['docker', 'podman']) {
    const program = findOnPath([name], env['PATH']);
    if (program !== undefined && (await answers(program))) return { program };
  }
  return undefined;
}

async function answers(program: string): Promise<boolean> {
  const options = { stdin: 'ignore', timeout: ANSWER_WITHIN_MS, reject: false } as const;
  const info = await execa(program, ['version', '--format', '{{.Server.Version}}'], options);
  if (info.exitCode !== 0) return false;
  return (await execa(program, ['compose', 'version'], options)).exitCode === 0;
}
