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
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Thousands of dead letters exceed the rate limit of the edge for several minutes. */
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
 * @param onIncomplete called if a service is unavailable and the result contains only the others
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
  const typeOption = () => new Option('--type <type>', 'only events of this type');
  const ids = (usage: string) => new Argument(usage, 'IDs from "dead-letters list"').argParser(collectIds);
  const run = (options: Options) => new DeadLetterCommands(context, options, onIncomplete);

  add('list', 'list dead letters, newest first')
    .addOption(new Option('--state <state>').choices([...STATES, 'all']).default('parked'))
    .addOption(typeOption())
    .action((options: Options) => run(options).list());
  add('show', 'print one dead letter with its payload')
    .argument('<id>', 'ID from "dead-letters list"', parseId)
    .action((id: string, options: Options) => run(options).show(id));
  add('redrive', 'return dead letters to their consumers')
    .addArgument(ids('[ids...]'))
    .option('--all', 'redrive all parked dead letters')
    .addOption(typeOption())
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
    this.printTable(await this.listAvailable(state), state ? `No ${state} dead letters.` : 'No dead letters.');
  }

  async show(id: string): Promise<void> {
    const deadLetter = await this.get(id);
    this.context.print(this.options.json ? JSON.stringify(deadLetter, null, 2) : toDeadLetterSheet(deadLetter));
  }

  async redrive(ids: readonly string[]): Promise<void> {
    const isAll = this.options.all === true;
    if (isAll === ids.length > 0) throw new UsageError('Pass either IDs or --all.');
    const selected = isAll ? await this.listAvailable('parked') : await this.getAll(ids);
    const redriven: DeadLetter[] = [];
    for (const { service, id } of selected) {
      const params = { path: { service, id } };
      redriven.push(await requireData(this.edge.api.POST('/v1/dead-letters/{service}/{id}/redrive', { params })));
    }
    if (!this.options.json) this.context.print(`${redriven.length} redriven. Events that fail again are parked again.`);
    this.printTable(redriven, 'No parked dead letters.');
  }

  async drop(ids: readonly string[]): Promise<void> {
    const selected = await this.getAll(ids);
    if (this.options.yes !== true) {
      this.context.log(toDeadLetterTable(selected));
      const isConfirmed = await this.context.confirm(`Drop ${selected.length} dead letter(s) permanently?`);
      if (!isConfirmed) return this.context.log('Nothing dropped.');
    }
    for (const { service, id } of selected) {
      await this.edge.api.DELETE('/v1/dead-letters/{service}/{id}', { params: { path: { service, id } } });
    }
    if (this.options.json)
      this.printTable(
        selected.map((letter) => ({ ...letter, state: 'dropped' })),
        '',
      );
    else this.context.print(`${selected.length} dropped.`);
  }

  private printTable(deadLetters: readonly DeadLetter[], emptyText: string): void {
    if (this.options.json) this.context.print(JSON.stringify(deadLetters, null, 2));
    else this.context.print(deadLetters.length === 0 ? emptyText : toDeadLetterTable(deadLetters));
  }

  /** Lists the dead letters of all services that are available. */
  private async listAvailable(state: State | undefined): Promise<DeadLetter[]> {
    const { type } = this.options;
    const deadLetters: DeadLetter[] = [];
    for (const service of this.services) {
      try {
        for await (const deadLetter of this.listService(service, state)) {
          if (type === undefined || deadLetter.type === type) deadLetters.push(deadLetter);
        }
      } catch (error) {
        if (!(error instanceof EdgeResponseError) || !UNAVAILABLE_CODES.includes(error.code)) throw error;
        this.context.log(`warning: ${service} is unavailable and omitted: ${error.message}`);
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
    for (const service of this.services) {
      try {
        return await requireData(
          this.edge.api.GET('/v1/dead-letters/{service}/{id}', { params: { path: { service, id } } }),
        );
      } catch (error) {
        if (!(error instanceof EdgeResponseError) || error.code !== 'DEAD_LETTER_NOT_FOUND') throw error;
      }
    }
    throw new UsageError(`No dead letter ${id} in ${this.services.join(', ')}.`);
  }
}

function parseId(value: string): string {
  if (!UUID.test(value)) throw new InvalidArgumentError('Expected an ID from "dead-letters list".');
  return value;
}

function collectIds(value: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), parseId(value)];
}
