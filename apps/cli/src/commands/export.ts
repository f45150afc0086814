import { toSource } from '@viernes/title-csv';
import type { Command } from 'commander';
import type { CommandContext } from '../command-context.js';
import { EdgeClient } from '../edge/edge-client.js';
import { logRetries } from '../edge/log-retries.js';
import { exportTitles } from '../export/export-titles.js';
import { ExportSettings, readSettings, toCredentials } from '../settings.js';
import { secondsSince } from './seconds-since.js';

const TITLES_PER_LINE = 2_000;

interface Options {
  readonly source?: string;
  readonly json?: true;
}

/** Adds `export`. */
export function addExportCommand(program: Command, context: CommandContext): void {
  program
    .command('export')
    .description('write all titles with an external ID to a CSV file that import reads')
    .argument('<file>', 'CSV file. An existing one is replaced when the export is complete')
    .option('--source <name>', 'only titles of this source, with IDs as in its file (default: all, with complete IDs)')
    .option('--json', 'print one JSON document, and the progress to stderr')
    .action((file: string, options: Options) => runExport(context, file, options));
}

async function runExport({ env, signal, print, log }: CommandContext, path: string, options: Options): Promise<void> {
  const settings = readSettings(ExportSettings, env);
  const logProgress = options.json ? log : print;
  const edge = new EdgeClient({
    edgeUrl: settings.EDGE_URL,
    credentials: toCredentials(settings),
    waitSeconds: settings.WAIT_SECONDS,
    onRetry: logRetries(logProgress),
    signal,
  });
  const startedAt = performance.now();
  const { rows, omitted } = await exportTitles(edge, path, {
    // Import normalizes a source. Other clients can have stored any.
    source: options.source === undefined ? undefined : (toSource(options.source) ?? options.source),
    signal,
    onTitle: (count) => {
      if (count % TITLES_PER_LINE === 0) logProgress(`${count} titles`);
    },
  });
  const durationSeconds = secondsSince(startedAt);
  if (options.json) return print(JSON.stringify({ file: path, rows, omitted, durationSeconds }));
  print(`exported ${rows} titles to ${path} in ${durationSeconds} s`);
  if (omitted > 0) print(`omitted ${omitted} title(s) without an external ID, because import could not match them`);
}
