import { parseArgs } from 'node:util';

export const SERVICES = ['catalog', 'user', 'video'] as const;
export type Service = (typeof SERVICES)[number];
export const STATES = ['parked', 'redriven', 'dropped'] as const;
export type State = (typeof STATES)[number];

export const HELP = `Events that a service gave up on.

  npm run dead-letters -- list                 those that wait for a decision, the last first
  npm run dead-letters -- show ID              all about one, with its payload
  npm run dead-letters -- redrive ID...        give it to its consumer again; --all: every one that list shows
  npm run dead-letters -- drop ID...           give it up for good, after asking

  --service NAME   only of ${SERVICES.join(', ')}
  --state NAME     list: ${STATES.join(', ')} or all; parked where nothing is said
  --type TYPE      list, redrive --all: only events of this type
  --json           one JSON document instead of a table
  --yes            drop without asking

Settings: EDGE_URL, EDITOR_EMAIL, EDITOR_PASSWORD; beside a running npm start they are found by themselves.`;

/** What the command line says that cannot be done: told with a hint, exit code 2. */
export class UsageError extends Error {}

export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'list'; readonly state: State | undefined; readonly filter: Filter; readonly isJson: boolean }
  | { readonly name: 'show'; readonly id: string; readonly filter: Filter; readonly isJson: boolean }
  | {
      readonly name: 'redrive';
      readonly ids: readonly string[] | 'all';
      readonly filter: Filter;
      readonly isJson: boolean;
    }
  | {
      readonly name: 'drop';
      readonly ids: readonly string[];
      readonly filter: Filter;
      readonly isJson: boolean;
      readonly isSure: boolean;
    };

export interface Filter {
  readonly services: readonly Service[];
  readonly type: string | undefined;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws UsageError */
export function readCommand(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [name, ...words] = positionals;
  if (values.help || name === undefined || name === 'help') return { name: 'help' };
  const services = values.service === undefined ? SERVICES : [oneOf('--service', SERVICES, values.service)];
  const filter: Filter = { services, type: values.type };
  const isJson = values.json;
  if (values.all && name !== 'redrive') throw new UsageError('--all is for redrive');
  switch (name) {
    case 'list': {
      none(name, words);
      const state = values.state === 'all' ? undefined : oneOf('--state', STATES, values.state ?? 'parked');
      return { name, state, filter, isJson };
    }
    case 'show': {
      const [id = '', ...more] = ids(name, words);
      none(name, more);
      return { name, id, filter, isJson };
    }
    case 'redrive':
      if (values.all) none('redrive --all', words);
      return { name, ids: values.all ? 'all' : ids(name, words), filter, isJson };
    case 'drop':
      return { name, ids: ids(name, words), filter, isJson, isSure: values.yes };
    default:
      throw new UsageError(`No such command: ${name}. There are: list, show, redrive, drop`);
  }
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { ...flag, short: 'h' },
        json: flag,
        all: flag,
        yes: { ...flag, short: 'y' },
        service: { type: 'string' },
        state: { type: 'string' },
        type: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function oneOf<Name extends string>(option: string, names: readonly Name[], value: string): Name {
  const found = names.find((name) => name === value);
  if (found === undefined) throw new UsageError(`${option} ${value}: there are ${names.join(', ')}`);
  return found;
}

function ids(command: string, words: readonly string[]): readonly string[] {
  if (words.length === 0) throw new UsageError(`${command} needs an ID, as list shows them`);
  const wrong = words.find((word) => !UUID.test(word));
  if (wrong !== undefined) throw new UsageError(`${wrong} is no ID: list shows them`);
  return words;
}

function none(command: string, words: readonly string[]): void {
  if (words.length > 0) throw new UsageError(`${command} takes no ${words[0] ?? ''}`);
}
