import type { Command } from 'commander';
import { basename, extname } from 'node:path';
import type { CommandContext } from '../command-context.js';
import { EdgeClient } from '../edge/edge-client.js';
import { logRetries } from '../edge/log-retries.js';
import { CheckpointFile } from '../import/checkpoint.js';
import { readHeader } from '../import/header.js';
import { ImportReport } from '../import/import-report.js';
import { importTitles } from '../import/import-titles.js';
import { inspectFile } from '../import/inspect-file.js';
import { readMapping, toMapping } from '../import/mapping.js';
import { readRows } from '../import/read-rows.js';
import { ImportSettings, readSettings, UsageError } from '../settings.js';
import { toImportSummary, reportProgress } from './import-output.js';

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
    .option('--delimiter <text>', 'between fields, "tab" for tabs (default: detected)')
    .option('--no-quotes', 'quotes are a part of the fields')
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
  const source = toSource(options.source ?? basename(path, extname(path)));
  const mapping = options.mapping === undefined ? toMapping() : await readMapping(options.mapping);
  const { sizeBytes, sha256 } = await inspectFile(path);
  const delimiter = options.delimiter === 'tab' ? '\t' : options.delimiter;
  const header = await readHeader(path, mapping, { delimiter, hasQuotes: options.quotes });
  const logProgress = options.json ? log : print;
  if (header.unusedColumns.length > 0) logProgress(`ignored columns: ${header.unusedColumns.join(', ')}`);

  const identity = [sha256, settings.EDGE_URL, source, mapping.file, header.format];
  const checkpoints = new CheckpointFile(settings.IMPORT_STATE_DIR, identity);
  const resumed = options.resume && !isDryRun ? await checkpoints.read() : undefined;
  if (resumed) logProgress(`resuming after line ${resumed.line}`);
  const report = await ImportReport.open(options.report, resumed?.issues);
  const edge = new EdgeClient({
    edgeUrl: settings.EDGE_URL,
    email: settings.EDITOR_EMAIL,
    password: settings.EDITOR_PASSWORD,
    waitSeconds: settings.WAIT_SECONDS,
    onRetry: logRetries(logProgress),
    signal,
  });
  const startedAt = performance.now();
  try {
    const rows = readRows(path, header, mapping, source, signal);
    const onProgress = reportProgress(logProgress, sizeBytes, resumed?.rows ?? 0);
    const summary = await importTitles(rows, { edge, report, checkpoints, resumed, isDryRun, onProgress });
    const durationSeconds = Number(((performance.now() - startedAt) / 1000).toFixed(1));
    const printed = { file: path, source, isDryRun, ...summary, issues: report.counts, durationSeconds };
    print(options.json ? JSON.stringify(printed) : toImportSummary(printed));
    return summary.outcomes.rejected;
  } catch (error) {
    if (!isDryRun && (await checkpoints.read())) log('The import is incomplete. Add --resume to continue.');
    throw error;
  } finally {
    await report.close();
  }
}

function toSource(name: string): string {
  const source = name.normalize('NFC').trim();
  if (/^[^/\p{Cc}]{1,80}$/u.test(source)) return source;
  throw new UsageError(`"${name}" cannot be a source: use 1 to 80 characters without "/". Set --source.`);
}
