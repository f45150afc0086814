import type { EdgeClient } from '../edge/edge-client.js';
import type { NewTitle } from '../edge/titles.js';
import type { Checkpoint, CheckpointFile } from './checkpoint.js';
import type { ImportReport, ReportedIssue } from './import-report.js';
import type { ReadRow } from './read-rows.js';
import { sendTitles, type Outcome } from './send-titles.js';

/** Titles per request. The API accepts 250. */
const BATCH_TITLES = 200;
/** Half of the limit of a request, because the services encode it differently. */
const BATCH_BYTES = 512 * 1024;

export interface ImportOptions {
  readonly edge: EdgeClient;
  readonly report: ImportReport;
  readonly checkpoints: CheckpointFile;
  /** The import that is resumed. */
  readonly resumed: Checkpoint | undefined;
  readonly isDryRun: boolean;
  readonly onProgress: (progress: { readonly rows: number; readonly endByte: number }) => void;
}

export interface ImportSummary {
  readonly rows: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
}

/**
 * Sends the titles of rows in batches, and records after each batch how far the import has come.
 * Idempotent: a batch that is sent again has no effect.
 */
export async function importTitles(rows: AsyncIterable<ReadRow>, options: ImportOptions): Promise<ImportSummary> {
  const { report, checkpoints, resumed, isDryRun, onProgress } = options;
  const outcomes = { created: 0, replaced: 0, unchanged: 0, rejected: 0, ...resumed?.outcomes };
  let count = resumed?.rows ?? 0;

  for await (const batch of toBatches(rows, resumed?.line ?? 0)) {
    const issues = batch.flatMap((row) => row.issues);
    const sent = batch.filter(hasTitle);
    const results =
      sent.length === 0
        ? []
        : await sendTitles(
            options.edge,
            sent.map(({ title }) => title),
            isDryRun,
          );
    sent.forEach(({ line, id }, index) => {
      const { outcome, problems } = results[index] ?? { outcome: 'rejected', problems: [] };
      outcomes[outcome] += 1;
      issues.push(...problems.map(({ path, message }) => toIssue(line, id, path, message)));
    });
    outcomes.rejected += batch.length - sent.length;
    count += batch.length;
    const { line, endByte } = batch.at(-1) ?? { line: 0, endByte: 0 };
    await report.add(issues.sort((a, b) => a.line - b.line));
    if (!isDryRun) await checkpoints.write({ line, rows: count, outcomes, issues: report.counts });
    onProgress({ rows: count, endByte });
  }
  if (!isDryRun) await checkpoints.remove();
  return { rows: count, outcomes };
}

/** @param afterLine the last line that an earlier run has imported */
async function* toBatches(rows: AsyncIterable<ReadRow>, afterLine: number): AsyncGenerator<ReadRow[]> {
  let batch: ReadRow[] = [];
  let sizeBytes = 0;
  for await (const row of rows) {
    if (row.line <= afterLine) continue;
    batch.push(row);
    sizeBytes += Buffer.byteLength(JSON.stringify(row.title) ?? '');
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
  return { line, id, action: 'rejected', field: path, reason: message, before: '', after: '' };
}
