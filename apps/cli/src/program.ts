import { Command, CommanderError } from 'commander';
import type { CommandContext } from './command-context.js';
import { addDeadLetterCommands } from './commands/dead-letters.js';
import { addExportCommand } from './commands/export.js';
import { addImportCommand } from './commands/import.js';
import { addSeedCommand } from './commands/seed.js';
import { addSmokeTestCommand } from './commands/smoke-test.js';
import { UsageError } from './settings.js';

const EXIT_CODES = `
Exit codes:
  0  succeeded
  1  failed, or the result is incomplete
  2  invalid command line, settings, or input file
  3  import finished, but rejected rows

Settings are environment variables. Set EDGE_URL, and VIERNES_API_KEY or the account of an editor:
EDITOR_EMAIL and EDITOR_PASSWORD. seed and smoke-test require the account. dead-letters requires
VIERNES_API_KEY or the account of an admin: ADMIN_EMAIL and ADMIN_PASSWORD.
apps/cli/README.md lists all settings.`;

/**
 * Runs one command line.
 *
 * @param args without the program and the script
 * @returns the exit code
 */
export async function runCli(args: readonly string[], context: CommandContext): Promise<number> {
  const program = new Command('viernes')
    .description('Operator commands for a running Viernes platform.')
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('Add --help to show the usage.')
    .configureOutput({
      writeOut: (text) => context.print(text.trimEnd()),
      writeErr: (text) => context.log(text.trimEnd()),
    })
    .exitOverride();
  let exitCode = 0;
  addSeedCommand(program, context);
  addSmokeTestCommand(program, context);
  addImportCommand(program, context, () => {
    exitCode = 3;
  });
  addExportCommand(program, context);
  addDeadLetterCommands(program, context, () => {
    exitCode = 1;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const reason: unknown = context.signal.aborted ? context.signal.reason : error;
    context.log(reason instanceof Error ? reason.message : String(reason));
    return error instanceof UsageError ? 2 : 1;
  }
}
