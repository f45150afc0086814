import {
  HeaderError,
  importTitles,
  readHeader,
  readRows,
  toSource,
  type Header,
  type ImportProgress,
  type Mapping,
} from '@viernes/title-csv';
import type { Command } from 'commander';
import { basename, extname } from 'node:path';
import type { CommandContext } from '../command-context.js';
import { EdgeClient } from '../edge/edge-client.js';
import { logRetries } from '../edge/log-retries.js';
import { CheckpointFile } from '../import/checkpoint.js';
import { toByteSource } from '../import/file-source.js';
import { ImportReport } from '../import/import-report.js';
import { inspectFile } from '../import/inspect-file.js';
import { toHeaderText } from '../import/issue-text.js';
import { postTitles } from '../import/post-titles.js';
import { parseMapping, readMapping } from '../import/mapping-file.js';
import { ImportSettings, readSettings, toCredentials, UsageError } from '../settings.js';
import { toImportSummary, reportProgress } from './import-output.js';
import { secondsSince } from './seconds-since.js';

const NOTHING_IMPORTED: ImportProgress = {
  rows: 0,
  outcomes: { created: 0, replaced: 0, unchanged: 0, rejected: 0 },
};

interface Options {
  readonly source?: string;
  readonly mapping?: string;
  readonly delimiter?: string;
  readonly quotes: boolean;
  readonly report?: string;
  readonly resume?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

/**
 * Adds `import`.
 *
 * @param onRejected called if a row of the file was rejected
 */
export function addImportCommand(program: Command, context: CommandContext, onRejected: () => void): void {
  program
    .command('import')
    .description('create or replace titles from a CSV file; idempotent')
    .argument('<file>', 'CSV file in UTF-8')
    .option('--source <name>', 'first part of the external IDs (default: the name of the file without extension)')
    .option('--mapping <file>', 'JSON file that assigns the columns of another header, see docs/import.md')
    .option('--delimiter <text>', 'delimiter of the fields, "tab" for tabs (default: detected)')
    .option('--no-quotes', 'treat quotes as text')
    .option('--report <file>', 'write a CSV file with each repaired, dropped, and rejected value')
    .option('--resume', 'continue after the last batch of an interrupted import of the same file')
    .option('--dry-run', 'validate and compare, but change nothing')
    .option('--json', 'print one JSON document, and the progress to stderr')
    .action(async (file: string, options: Options) => {
      const rejected = await runImport(context, file, options);
      if (rejected > 0) onRejected();
    });
}

/** @returns the number of rejected rows */
async function runImport(context: CommandContext, path: string, options: Options): Promise<number> {
  const { signal, print, log, env } = context;
  const settings = readSettings(ImportSettings, env);
  const isDryRun = options.dryRun === true;
  const source = requireSource(options.source ?? basename(path, extname(path)));
  const { mapping, content } = options.mapping === undefined ? parseMapping() : await readMapping(options.mapping);
  const { sizeBytes, sha256 } = await inspectFile(path);
  const header = await readFileHeader(path, mapping, options);
  const logProgress = options.json ? log : print;
  if (header.unusedColumns.length > 0) logProgress(`ignored columns: ${header.unusedColumns.join(', ')}`);

  const identity = [sha256, settings.EDGE_URL, source, content, header.format];
  const checkpoints = new CheckpointFile(settings.IMPORT_STATE_DIR, identity);
  const resumed = options.resume && !isDryRun ? await checkpoints.read() : undefined;
  if (resumed) logProgress(`resuming after line ${resumed.line}`);
  const report = await ImportReport.open(options.report, resumed?.issues);
  const edge = new EdgeClient({
    edgeUrl: settings.EDGE_URL,
    credentials: toCredentials(settings),
    waitSeconds: settings.WAIT_SECONDS,
    onRetry: logRetries(logProgress),
    signal,
  });
  const startedAt = performance.now();
  try {
    const rows = readRows(toByteSource(path), header, mapping, source, signal);
    const onProgress = reportProgress(logProgress, sizeBytes, resumed?.rows ?? 0);
    let summary: ImportProgress = resumed ?? NOTHING_IMPORTED;
    for await (const batch of importTitles(rows, postTitles(edge, isDryRun), resumed)) {
      summary = batch;
      await report.add(batch.issues);
      if (!isDryRun) await checkpoints.write({ ...pickProgress(batch), line: batch.line, issues: report.counts });
      onProgress(batch);
    }
    if (!isDryRun) await checkpoints.remove();
    const durationSeconds = secondsSince(startedAt);
    const printed = { file: path, source, isDryRun, ...pickProgress(summary), issues: report.counts, durationSeconds };
    print(options.json ? JSON.stringify(printed) : toImportSummary(printed));
    return summary.outcomes.rejected;
  } catch (error) {
    if (!isDryRun && (await checkpoints.read())) log('The import is incomplete. Add --resume to continue.');
    throw error;
  } finally {
    await report.close();
  }
}

const pickProgress = ({ rows, outcomes }: ImportProgress): ImportProgress => ({ rows, outcomes });

async function readFileHeader(path: string, mapping: Mapping, { delimiter, quotes }: Options): Promise<Header> {
  const format = { delimiter: delimiter === 'tab' ? '\t' : delimiter, hasQuotes: quotes };
  try {
    return await readHeader(toByteSource(path), mapping, format);
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
    const hint = 'Assign its columns in a mapping file: --mapping FILE.json with { "columns": { "name": "..." } }.';
    throw new UsageError(`${toHeaderText(error.problem, path)} ${hint}`, { cause: error });
  }
}

function requireSource(name: string): string {
  const source = toSource(name);
  if (source !== undefined) return source;
  throw new UsageError(`"${name}" cannot be a source: use 1 to 80 characters without "/". Set --source.`);
}
