// What services gave up on, and what is to become of it: npm run dead-letters -- --help.
import pc from 'picocolors';
import { askYesNo } from '../terminal/ask.ts';
import { HOME } from '../workspace.ts';
import { HELP, readCommand, UsageError } from './arguments.ts';
import { DeadLetterClient } from './dead-letter-client.ts';
import { run } from './run.ts';
import { readEdgeSettings } from './settings.ts';

try {
  const command = readCommand(process.argv.slice(2));
  if (command.name === 'help') console.log(HELP);
  else {
    const client = new DeadLetterClient(readEdgeSettings(process.env, HOME), (seconds) =>
      console.error(`The edge takes no more for now: goes on in ${seconds} s`),
    );
    const warn = (text: string): void => {
      console.error(pc.red(text));
      process.exitCode = 1;
    };
    await run(command, client, { print: (text) => console.log(text), warn, ask: askYesNo });
  }
} catch (error) {
  console.error(pc.red(error instanceof Error ? error.message : String(error)));
  if (error instanceof UsageError) console.error('npm run dead-letters -- --help tells more.');
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
