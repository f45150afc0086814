import type { Command, Filter, Service } from './arguments.ts';
import { UsageError } from './arguments.ts';
import { EdgeError } from './dead-letter-client.ts';
import type { DeadLetter, DeadLetterClient, DeadLetterDetail } from './dead-letter-client.ts';
import { deadLetterSheet, deadLetterTable } from './table.ts';

const AWAY = ['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'OVERLOADED'];

export interface Terminal {
  readonly print: (text: string) => void;
  readonly warn: (text: string) => void;
  /** @throws Error with `otherwise` where nobody is there to ask */
  readonly ask: (question: string, otherwise: string) => Promise<boolean>;
}

/** Does what the command line says. @throws EdgeError, UsageError */
export async function run(
  command: Exclude<Command, { name: 'help' }>,
  client: DeadLetterClient,
  terminal: Terminal,
): Promise<void> {
  const show = (letters: readonly DeadLetter[], none: string): void => {
    if (command.isJson) terminal.print(JSON.stringify(letters, null, 2));
    else terminal.print(letters.length === 0 ? none : deadLetterTable(letters));
  };
  switch (command.name) {
    case 'list':
      return show(
        await listed(client, command.filter, command.state, terminal),
        `No ${command.state ?? ''} dead letters.`,
      );
    case 'show': {
      const letter = await found(client, command.filter.services, command.id);
      return terminal.print(command.isJson ? JSON.stringify(letter, null, 2) : deadLetterSheet(letter));
    }
    case 'redrive': {
      const letters =
        command.ids === 'all'
          ? await listed(client, command.filter, 'parked', terminal)
          : await allFound(client, command.filter.services, command.ids);
      const redriven: DeadLetter[] = [];
      for (const letter of letters) redriven.push(await client.redrive(letter));
      if (!command.isJson) terminal.print(`${redriven.length} redriven: those that fail again are parked again.`);
      return show(redriven, 'Nothing was parked.');
    }
    case 'drop': {
      const letters = await allFound(client, command.filter.services, command.ids);
      if (!command.isSure && !(await isSure(letters, terminal))) return terminal.print('Nothing dropped.');
      for (const letter of letters) await client.drop(letter);
      return command.isJson ? show(letters, '') : terminal.print(`${letters.length} dropped.`);
    }
  }
}

async function isSure(letters: readonly DeadLetter[], { print, ask }: Terminal): Promise<boolean> {
  print(deadLetterTable(letters));
  const which = letters.length === 1 ? 'it' : `these ${letters.length}`;
  return await ask(`Drop ${which} for good?`, 'Nobody is there to ask: drop ID --yes drops it');
}

/** A service that is away keeps nobody from the letters of the others. */
async function listed(
  client: DeadLetterClient,
  { services, type }: Filter,
  state: DeadLetter['state'] | undefined,
  { warn }: Terminal,
): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const service of services) {
    try {
      for await (const letter of client.list(service, state)) {
        if (type === undefined || letter.type === type) letters.push(letter);
      }
    } catch (error) {
      if (!(error instanceof EdgeError) || !AWAY.includes(error.code)) throw error;
      warn(`${service} is left out: ${error.message}`);
    }
  }
  return letters;
}

async function allFound(client: DeadLetterClient, services: readonly Service[], ids: readonly string[]) {
  const letters: DeadLetterDetail[] = [];
  for (const id of new Set(ids)) letters.push(await found(client, services, id));
  return letters;
}

/** An id says not whose it is: every service is asked. */
async function found(client: DeadLetterClient, services: readonly Service[], id: string): Promise<DeadLetterDetail> {
  for (const service of services) {
    const letter = await client.find(service, id);
    if (letter) return letter;
  }
  throw new UsageError(`No dead letter ${id} in ${services.join(', ')}`);
}
