import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cluster } from './cluster-config.js';

const run = promisify(execFile);
const MOST_OUTPUT_BYTES = 32 * 1024 * 1024;

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface ExecFailure {
  readonly code?: number | string;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Runs a program to its end, whatever its exit code. */
async function outcomeOf(program: string, args: readonly string[]): Promise<Outcome> {
  try {
    return { exitCode: 0, ...(await run(program, [...args], { maxBuffer: MOST_OUTPUT_BYTES })) };
  } catch (error) {
    const { code, stdout = '', stderr = String(error) } = error as ExecFailure;
    if (typeof code !== 'number') throw error;
    return { exitCode: code, stdout, stderr };
  }
}

/** @throws Error with all that the program said, when it fails */
async function outputOf(program: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await outcomeOf(program, args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`);
  return stdout;
}

/** kubectl in the release's namespace. */
export function kubectl(...args: readonly string[]): Promise<string> {
  return outputOf(cluster.kubectl, ['--namespace', cluster.namespace, ...args]);
}

export function kubectlIn(namespace: string, ...args: readonly string[]): Promise<string> {
  return outputOf(cluster.kubectl, ['--namespace', namespace, ...args]);
}

/** helm in the release's namespace. */
export function helm(...args: readonly string[]): Promise<string> {
  return outputOf(cluster.helm, ['--namespace', cluster.namespace, ...args]);
}

/** As {@link helm}, for what is meant to fail. */
export function tryHelm(...args: readonly string[]): Promise<Outcome> {
  return outcomeOf(cluster.helm, ['--namespace', cluster.namespace, ...args]);
}
