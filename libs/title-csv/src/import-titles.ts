import { byteLength } from './byte-source.js';
import type { ReadRow, ReportedIssue } from './read-rows.js';
import type { NewTitle } from './new-title.js';

/** Titles per request. The API accepts 250. */
const BATCH_TITLES = 200;
/** Half of the size limit of a request, because the last title of a batch can exceed this size. */
const BATCH_BYTES = 512 * 1024;

export type Outcome = 'created' | 'replaced' | 'unchanged' | 'rejected';
export type Outcomes = Readonly<Record<Outcome, number>>;

export interface ImportResult {
  readonly outcome: Outcome;
  /** The problems for which the title was rejected. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
}

export interface ImportProgress {
  readonly rows: number;
  readonly outcomes: Outcomes;
}

/** The state of an import after a batch. */
export interface ImportedBatch extends ImportProgress {
  /** The line of the last row. */
  readonly line: number;
  readonly endByte: number;
  readonly issues: readonly ReportedIssue[];
}

/** @returns one result per title, in their order */
export type SendTitles = (titles: NewTitle[]) => Promise<readonly ImportResult[]>;

/**
 * Sends the titles of rows in batches, each while the platform stores the previous one. Idempotent: a batch that is sent
 * again has no effect.
 *
 * @param resumed the progress of an interrupted import, which continues after `line`
 */
export async function* importTitles(
  rows: AsyncIterable<ReadRow>,
  send: SendTitles,
  resumed?: ImportProgress & { readonly line: number },
): AsyncGenerator<ImportedBatch> {
  const outcomes = { created: 0, replaced: 0, unchanged: 0, rejected: 0, ...resumed?.outcomes };
  let count = resumed?.rows ?? 0;
  for await (const { batch, sent, results } of sendBatches(toBatches(rows, resumed?.line ?? 0), send)) {
    const issues = batch.flatMap((row) => row.issues);
    sent.forEach(({ line, id }, index) => {
      const { outcome, problems } = results[index] ?? { outcome: 'rejected', problems: [] };
      outcomes[outcome] += 1;
      issues.push(...problems.map(({ path, message }) => toIssue(line, id, path, message)));
    });
    outcomes.rejected += batch.length - sent.length;
    count += batch.length;
    const { line, endByte } = batch.at(-1) ?? { line: 0, endByte: 0 };
    issues.sort((a, b) => a.line - b.line);
    yield { line, endByte, rows: count, outcomes: { ...outcomes }, issues };
  }
}

interface SentBatch {
  readonly batch: readonly ReadRow[];
  readonly sent: readonly ReadRow[];
  readonly results: readonly ImportResult[];
}

/** Starts to send each batch before it waits for the results of the previous one. */
async function* sendBatches(batches: AsyncIterable<ReadRow[]>, send: SendTitles): AsyncGenerator<SentBatch> {
  let previous: Promise<SentBatch> | undefined;
  for await (const batch of batches) {
    const next = sendBatch(batch, send);
    // Without a handler, a rejection before the `await` below would terminate the process. The `await` throws the error.
    next.catch(() => undefined);
    if (previous) yield await previous;
    previous = next;
  }
  if (previous) yield await previous;
}

async function sendBatch(batch: readonly ReadRow[], send: SendTitles): Promise<SentBatch> {
  const sent = batch.filter(hasTitle);
  const results = sent.length === 0 ? [] : await send(sent.map(({ title }) => title));
  return { batch, sent, results };
}

/** @param afterLine the last line that an earlier run has imported */
async function* toBatches(rows: AsyncIterable<ReadRow>, afterLine: number): AsyncGenerator<ReadRow[]> {
  let batch: ReadRow[] = [];
  let sizeBytes = 0;
  for await (const row of rows) {
    if (row.line <= afterLine) continue;
    batch.push(row);
    sizeBytes += row.title === undefined ? 0 : byteLength(JSON.stringify(row.title));
    if (batch.length === BATCH_TITLES || sizeBytes >= BATCH_BYTES) {
      yield batch;
      batch = [];
      sizeBytes = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

function hasTitle(row: ReadRow): row is ReadRow & { readonly title: NewTitle } {
  return row.title !== undefined;
}

function toIssue(line: number, id: string, path: string, message: string): ReportedIssue {
  return {
    line,
    id,
    action: 'rejected',
    field: path,
    reason: { code: 'rejected', values: { message } },
    before: '',
    after: '',
  };
}
