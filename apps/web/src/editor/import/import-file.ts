import {
  HeaderError,
  importTitles,
  readHeader,
  readRows,
  sendTitles,
  toMapping,
  type ImportedBatch,
  type ReadRow,
} from '@viernes/title-csv';
import pRetry from 'p-retry';
import { Problem, isTemporary, readData } from '../../api/problem.js';
import { edge } from '../../session/edge-client.js';
import { FileError, requireUtf8, toByteSource } from './file-source.js';
import { toHeaderText } from './issue-text.js';
import { readJsonRows } from './json-rows.js';

const MAX_RETRIES = 6;

export interface ImportOptions {
  readonly file: File;
  /** The part of the external IDs before the slash, for the rows of a CSV file. */
  readonly source: string;
  readonly isDryRun: boolean;
  readonly signal: AbortSignal;
}

/**
 * Imports a file in batches.
 *
 * @throws FileError, Problem, or the reason of the signal
 */
export async function* importFile({ file, source, isDryRun, signal }: ImportOptions): AsyncGenerator<ImportedBatch> {
  const rows = file.name.toLowerCase().endsWith('.json') ? readJsonRows(file) : await readCsvRows(file, source, signal);
  const post = (titles: Record<string, unknown>[]) =>
    pRetry(
      async () => {
        const body = { dryRun: isDryRun, titles };
        return (await readData(edge.POST('/v1/title-imports', { body, signal }))).results;
      },
      { retries: MAX_RETRIES, signal, shouldRetry: ({ error }) => isRetryable(error) },
    );
  yield* importTitles(rows, (titles) => sendTitles(post, titles));
}

async function readCsvRows(file: File, source: string, signal: AbortSignal): Promise<AsyncGenerator<ReadRow>> {
  const bytes = toByteSource(file);
  await requireUtf8(bytes, signal);
  const mapping = toMapping();
  const format = { delimiter: undefined, hasQuotes: true };
  const header = await readHeader(bytes, mapping, format).catch((error: unknown) => {
    throw error instanceof HeaderError
      ? new FileError(toHeaderText(error.problem, file.name), { cause: error })
      : error;
  });
  return readRows(bytes, header, mapping, source, signal);
}

/** Whether a retry can succeed. Retries are safe, because a repeated request does not change the titles again. */
function isRetryable(error: Error): boolean {
  return isTemporary(error) || (error instanceof Problem && error.status === 429);
}
