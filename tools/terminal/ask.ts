import { createInterface } from 'node:readline/promises';

/**
 * Asks somebody at the terminal a question that is answered with yes or no; anything but yes is no.
 *
 * @throws Error with `otherwise` when there is no terminal: a script gets a sentence, not a question that waits for ever
 */
export async function askYesNo(question: string, otherwise: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error(otherwise);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}
