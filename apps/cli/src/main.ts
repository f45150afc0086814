import { createInterface } from 'node:readline/promises';
import { runCli } from './program.js';

const stopping = new AbortController();
// The first process of a container has no default signal handlers.
for (const name of ['SIGTERM', 'SIGINT'] as const) {
  process.once(name, () => stopping.abort(new Error(`Stopped by ${name}.`)));
}

async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('No terminal for the confirmation. Add --yes to confirm.');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const reply = await terminal.question(`${question} [y/N] `, { signal: stopping.signal });
  terminal.close();
  return /^y(es)?$/i.test(reply.trim());
}

process.exitCode = await runCli(process.argv.slice(2), {
  env: process.env,
  signal: stopping.signal,
  print: (text) => console.log(text),
  log: (text) => console.error(text),
  confirm,
});
