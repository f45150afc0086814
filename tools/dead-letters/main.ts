// What services gave up on, and what is to become of it: npm run dead-letters -- --help.
import { createInterface } from 'node:readline/promises';
import pc from 'picocolors';
import { HOME } from '../workspace.ts';
import { HELP, readCommand, UsageError } from './arguments.ts';
import { DeadLetterClient, EdgeError } from './dead-letter-client.ts';
import { run } from './run.ts';
import { readEdgeSettings } from './settings.ts';

async function ask(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

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
    await run(command, client, { print: (text) => console.log(text), warn, ask });
  }
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof EdgeError)) throw error;
  console.error(pc.red(error.message));
  if (error instanceof UsageError) console.error('npm run dead-letters -- --help tells more.');
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
