import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cluster } from './cluster-config.js';

const execFileAsync = promisify(execFile);
const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface ExecFailure {
  readonly code?: number | string;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** Runs a program and returns its result for every exit code. */
async function run(program: string, args: readonly string[]): Promise<CommandResult> {
  try {
    return { exitCode: 0, ...(await execFileAsync(program, [...args], { maxBuffer: MAX_OUTPUT_BYTES })) };
  } catch (error) {
    const { code, stdout = '', stderr = String(error) } = error as ExecFailure;
    if (typeof code !== 'number') throw error;
    return { exitCode: code, stdout, stderr };
  }
}

/** @throws Error with the complete output if the program fails */
async function runChecked(program: string, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run(program, args);
  if (exitCode !== 0) throw new Error(`${program} ${args.join(' ')} exited with code ${exitCode}:\n${stdout}${stderr}`);
  return stdout;
}

/** Runs kubectl in the namespace of the release. */
export function kubectl(...args: readonly string[]): Promise<string> {
  return runChecked('kubectl', ['--namespace', cluster.namespace, ...args]);
}

export function kubectlIn(namespace: string, ...args: readonly string[]): Promise<string> {
  return runChecked('kubectl', ['--namespace', namespace, ...args]);
}

/** Runs helm in the namespace of the release. */
export function helm(...args: readonly string[]): Promise<string> {
  return runChecked('helm', ['--namespace', cluster.namespace, ...args]);
}

/** Runs helm and returns its result for every exit code. */
export function tryHelm(...args: readonly string[]): Promise<CommandResult> {
  return run('helm', ['--namespace', cluster.namespace, ...args]);
}
