import type { Schema } from '@viernes/api-client';
import { Argument, InvalidArgumentError, Option, type Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { requireData, EdgeClient } from '../edge/edge-client.js';
import { EdgeResponseError } from '../edge/edge-errors.js';
import { logRetries } from '../edge/log-retries.js';
import { DeadLetterSettings, readSettings, toCredentials, UsageError } from '../settings.js';
import { toDeadLetterSheet, toDeadLetterTable } from './dead-letter-table.js';

type DeadLetter = Schema<'DeadLetter'>;
type DeadLetterDetail = Schema<'DeadLetterDetail'>;
type Service = DeadLetter['service'];
type State = DeadLetter['state'];

const SERVICES = ['catalog', 'user', 'video'] as const satisfies readonly Service[];
const STATES = ['parked', 'redriven', 'dropped'] as const satisfies readonly State[];
const UNAVAILABLE_CODES = ['DEPENDENCY_UNAVAILABLE', 'DEADLINE_EXCEEDED', 'OVERLOADED'];
/** Another operator resolved the dead letter, or it expired. */
const NOT_PARKED_CODES = ['DEAD_LETTER_RESOLVED', 'DEAD_LETTER_NOT_FOUND'];
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** How long one request waits for the rate limit of the edge, which commands for thousands of dead letters exceed. */
const MAX_WAIT_SECONDS = 180;

interface Options {
  readonly service?: Service;
  readonly json?: true;
  readonly type?: string;
  readonly state?: State | 'all';
  readonly all?: true;
  readonly yes?: true;
}

/**
 * Adds `dead-letters list`, `show`, `redrive`, and `drop`.
 *
 * @param onIncomplete called if a service could not be listed completely, or a given dead letter is not parked
 */
export function addDeadLetterCommands(program: Command, context: CommandContext, onIncomplete: () => void): void {
  const group = program
    .command('dead-letters')
    .description('inspect and resolve events that a service could not process');
  const add = (name: string, description: string) =>
    group
      .command(name)
      .description(description)
      .addOption(new Option('--service <name>', 'only dead letters of this service').choices(SERVICES))
      .option('--json', 'print one JSON document');
  const ids = (usage: string) => new Argument(usage, 'IDs from "dead-letters list"').argParser(collectIds);
  const run = (options: Options) => new DeadLetterCommands(context, options, onIncomplete);

  add('list', 'list dead letters, newest first in each service')
    .addOption(new Option('--state <state>').choices([...STATES, 'all']).default('parked'))
    .option('--type <type>', 'only events of this type')
    .action((options: Options) => run(options).list());
  add('show', 'print one dead letter with its payload')
    .argument('<id>', 'ID from "dead-letters list"', parseId)
    .action((id: string, options: Options) => run(options).show(id));
  add('redrive', 'return dead letters to their consumers')
    .addArgument(ids('[ids...]'))
    .option('--all', 'redrive all parked dead letters')
    .option('--type <type>', 'with --all: only events of this type')
    .action((list: readonly string[], options: Options) => run(options).redrive(list));
  add('drop', 'drop dead letters permanently')
    .addArgument(ids('<ids...>'))
    .option('-y, --yes', 'drop without confirmation')
    .action((list: readonly string[], options: Options) => run(options).drop(list));
}

class DeadLetterCommands {
  private readonly edge: EdgeClient;
  private readonly services: readonly Service[];

  constructor(
    private readonly context: CommandContext,
    private readonly options: Options,
    private readonly onIncomplete: () => void,
  ) {
    const settings = readSettings(DeadLetterSettings, context.env);
    this.services = options.service === undefined ? SERVICES : [options.service];
    this.edge = new EdgeClient({
      edgeUrl: settings.EDGE_URL,
      credentials: toCredentials(settings),
      waitSeconds: MAX_WAIT_SECONDS,
      retryWhile: 'rate-limited',
      onRetry: logRetries(context.log),
      signal: context.signal,
    });
  }

  async list(): Promise<void> {
    const state = this.options.state === 'all' ? undefined : this.options.state;
    const deadLetters = await this.listAvailable(state);
    this.printResult(deadLetters, deadLetters.length === 0 ? this.noMatchText(state) : undefined);
  }

  async show(id: string): Promise<void> {
    const deadLetter = await this.get(id);
    this.context.print(this.options.json ? JSON.stringify(deadLetter, null, 2) : toDeadLetterSheet(deadLetter));
  }

  async redrive(ids: readonly string[]): Promise<void> {
    const isAll = this.options.all === true;
    if (isAll === ids.length > 0) throw new UsageError('Pass either IDs or --all.');
    if (!isAll && this.options.type !== undefined) throw new UsageError('Pass --type only with --all.');
    const selected = isAll ? await this.listAvailable('parked') : await this.getAll(ids);
    if (selected.length === 0) return this.printResult([], this.noMatchText('parked'));
    const redriven: DeadLetter[] = [];
    try {
      await this.forEachParked(selected, async ({ service, id }) => {
        const params = { path: { service, id } };
        redriven.push(await requireData(this.edge.api.POST('/v1/dead-letters/{service}/{id}/redrive', { params })));
      });
    } finally {
      // An operator must also know these after an error.
      this.printResult(redriven, `${redriven.length} redriven. Events that fail again are parked again.`);
    }
  }

  async drop(ids: readonly string[]): Promise<void> {
    const selected = await this.getAll(ids);
    if (this.options.yes !== true) {
      this.context.log(toDeadLetterTable(selected));
      const isConfirmed = await this.context.confirm(`Drop ${selected.length} dead letter(s) permanently?`);
      if (!isConfirmed) return this.context.log('Nothing dropped.');
    }
    const dropped: DeadLetter[] = [];
    try {
      await this.forEachParked(selected, async (letter) => {
        const { service, id } = letter;
        await this.edge.api.DELETE('/v1/dead-letters/{service}/{id}', { params: { path: { service, id } } });
        dropped.push(this.options.json ? await this.readDropped(letter) : letter);
      });
    } finally {
      if (this.options.json) this.printResult(dropped);
      else this.context.print(`${dropped.length} dropped.`);
    }
  }

  /** Reads the time of the drop, because the response to it has no body. Without it, the drop is still reported. */
  private async readDropped(letter: DeadLetter): Promise<DeadLetter> {
    return this.getFrom(letter.service, letter.id).catch(() => ({ ...letter, state: 'dropped' as const }));
  }

  /** Skips dead letters that are not parked anymore. With --all, the result is complete without them. */
  private async forEachParked(
    deadLetters: readonly DeadLetter[],
    resolve: (letter: DeadLetter) => Promise<void>,
  ): Promise<void> {
    for (const letter of deadLetters) {
      try {
        await resolve(letter);
      } catch (error) {
        if (!hasCode(error, NOT_PARKED_CODES)) throw error;
        this.context.log(`warning: skipped ${letter.id}, which is not parked: ${error.message}`);
        if (!this.options.all) this.onIncomplete();
      }
    }
  }

  private noMatchText(state: State | undefined): string {
    const isFiltered = this.options.service !== undefined || this.options.type !== undefined;
    return `No ${state ? `${state} ` : ''}dead letters${isFiltered ? ' match the options' : ''}.`;
  }

  /** Prints one JSON document, or the text and a table. */
  private printResult(deadLetters: readonly DeadLetter[], text?: string): void {
    if (this.options.json) return this.context.print(JSON.stringify(deadLetters, null, 2));
    if (text !== undefined) this.context.print(text);
    if (deadLetters.length > 0) this.context.print(toDeadLetterTable(deadLetters));
  }

  /** Lists the dead letters of all services that are available. */
  private async listAvailable(state: State | undefined): Promise<DeadLetter[]> {
    const { type } = this.options;
    const deadLetters: DeadLetter[] = [];
    for (const service of this.services) {
      let result = 'missing';
      try {
        for await (const deadLetter of this.listService(service, state)) {
          result = 'incomplete';
          if (type === undefined || deadLetter.type === type) deadLetters.push(deadLetter);
        }
      } catch (error) {
        if (!hasCode(error, UNAVAILABLE_CODES)) throw error;
        this.context.log(`warning: ${service} is unavailable, its dead letters are ${result}: ${error.message}`);
        this.onIncomplete();
      }
    }
    return deadLetters;
  }

  private async *listService(service: Service, state: State | undefined): AsyncGenerator<DeadLetter> {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = { service, pageSize: 100, ...(state && { state }), ...(cursor !== undefined && { cursor }) };
      const page: Schema<'DeadLetterPage'> = await requireData(
        this.edge.api.GET('/v1/dead-letters', { params: { query } }),
      );
      yield* page.deadLetters;
      cursor = page.nextCursor;
    }
  }

  private async getAll(ids: readonly string[]): Promise<DeadLetterDetail[]> {
    const deadLetters: DeadLetterDetail[] = [];
    for (const id of new Set(ids)) deadLetters.push(await this.get(id));
    return deadLetters;
  }

  /** Requests the ID from each service, because an ID does not name its service. */
  private async get(id: string): Promise<DeadLetterDetail> {
    const unavailable: string[] = [];
    for (const service of this.services) {
      try {
        return await this.getFrom(service, id);
      } catch (error) {
        if (hasCode(error, UNAVAILABLE_CODES)) unavailable.push(`${service} is unavailable: ${error.message}`);
        else if (!hasCode(error, ['DEAD_LETTER_NOT_FOUND'])) throw error;
      }
    }
    if (unavailable.length === 0) throw new UsageError(`No dead letter ${id} in ${this.services.join(', ')}.`);
    const hint = this.options.service === undefined ? ' To request only one service, pass --service.' : '';
    throw new Error([`Dead letter ${id} not found:`, ...unavailable, `Retry later.${hint}`].join('\n'));
  }

  private getFrom(service: Service, id: string): Promise<DeadLetterDetail> {
    const params = { path: { service, id } };
    return requireData(this.edge.api.GET('/v1/dead-letters/{service}/{id}', { params }));
  }
}

function hasCode(error: unknown, codes: readonly string[]): error is EdgeResponseError {
  return error instanceof EdgeResponseError && codes.includes(error.code);
}

function parseId(value: string): string {
  if (!UUID.test(value)) throw new InvalidArgumentError('Expected an ID from "dead-letters list".');
  return value;
}

function collectIds(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), parseId(value)];
}
