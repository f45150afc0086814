import { createInterface } from 'node:readline/promises';

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
