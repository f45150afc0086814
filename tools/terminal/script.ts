import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import pc from 'picocolors';

/**
 * Parses the flags and the other arguments of an npm script. With --help, prints `help` and exits. With invalid
 * arguments, exits with 2.
 *
 * @param command as in `npm run <command>`, for the error message
 */
export function readArguments<const Flag extends string>(
  command: string,
  help: string,
  flags: readonly Flag[],
  allowPositionals = false,
): { readonly flags: Readonly<Record<Flag, boolean>>; readonly positionals: readonly string[] } {
  const flag = { type: 'boolean', default: false } as const;
  const options = { ...Object.fromEntries(flags.map((name) => [name, flag])), help: { ...flag, short: 'h' } };
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals });
    if (!values.help) return { flags: values as Readonly<Record<Flag, boolean>>, positionals };
    console.log(help);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    console.error(`${error.message}\nRun npm run ${command} -- --help for the options.`);
    process.exit(2);
  }
}

/** Runs the main function of an npm script. If it fails, prints the message and exits with 1. */
export async function runScript(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(pc.red(messageOf(error)));
    process.exit(1);
  }
}

/**
 * Prompts the user unless `isConfirmed` is true. Only y and yes confirm.
 *
 * @throws Error if the user does not confirm, or stdin is not a terminal, because a script would wait indefinitely
 */
export async function confirm(question: string, isConfirmed: boolean): Promise<void> {
  if (isConfirmed) return;
  if (!process.stdin.isTTY) throw new Error(`${question} To confirm without a terminal, add --yes.`);
  using terminal = createInterface({ input: process.stdin, output: process.stdout });
  const reply = await terminal.question(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(reply.trim())) throw new Error('Cancelled.');
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns a function that prints the start of a step with the time since this call. */
export function createStepLog(): (text: string) => void {
  const startedAt = performance.now();
  return (text) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0).padStart(4);
    console.log(pc.bold(`\n${seconds} s  ${text}`));
  };
}
