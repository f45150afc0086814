import { createInterface } from 'node:readline/promises';

/**
 * Prompts the user. Only y and yes confirm.
 *
 * @throws Error with `noTerminalText` if stdin is not a terminal, because a script would wait indefinitely
 */
export async function askYesNo(question: string, noTerminalText: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error(noTerminalText);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const reply = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(reply.trim());
}
