import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { config } from '../config.js';

const run = promisify(execFile);

const WORKSPACE = join(import.meta.dirname, '..', '..', '..', '..');
const BLOCK = /^```(sh|python) name=([\w-]+)\n([^]*?)^```$/gm;

/** Returns the commands of a page by their names: fenced blocks whose language is followed by `name=`. */
export function readCommands(page: string): ReadonlyMap<string, string> {
  const text = readFileSync(join(WORKSPACE, page), 'utf8');
  return new Map(
    [...text.matchAll(BLOCK)].map(([, , name = '', command = '']) => [name, withTestedAddresses(command)]),
  );
}

/** Runs a command of a page. @returns what it prints */
export async function runCommand(command: string, env: Readonly<Record<string, string>>): Promise<string> {
  const path = [dirname(process.execPath), join(WORKSPACE, 'node_modules', '.bin'), process.env['PATH']].join(':');
  const options = { cwd: WORKSPACE, env: { ...process.env, ...env, PATH: path } };
  return (await run('bash', ['-euo', 'pipefail', '-c', command], options)).stdout;
}

/** Lists the IDs in a response, which is JSON or XML. */
export function listIds(text: string): string[] {
  return [...text.matchAll(/(?:"id": ?"|<id>)([0-9a-f-]{36})/g)].map(([, id = '']) => id);
}

/** Replaces the addresses of `npm start`, which the pages show, with those of the tested platform. */
function withTestedAddresses(command: string): string {
  const edge = new URL(config.edgeUrl).host;
  const grpc = new URL(config.grpcUrl ?? 'http://127.0.0.1:8405').host;
  return command.replaceAll('127.0.0.1:8400', edge).replaceAll('127.0.0.1:8405', grpc);
}
