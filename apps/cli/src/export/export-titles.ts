import type { Schema } from '@viernes/api-client';
import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FURTHER_COLUMNS, STANDARD_COLUMNS } from '@viernes/title-csv';
import { requireData, type EdgeClient } from '../edge/edge-client.js';
import { toWriteError } from '../file-errors.js';
import { toTitleRow } from './title-row.js';

type TitleDetails = Schema<'TitleDetails'>;

const STANDARD = Object.values(STANDARD_COLUMNS);

export interface ExportOptions {
  /** Only titles of this source, whose IDs are written without it. */
  readonly source: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each title. */
  readonly onTitle?: (rows: number) => void;
}

export interface ExportSummary {
  readonly rows: number;
  /** Titles that are not in the file, because `import` could not match them without an external ID. */
  readonly omitted: number;
}

/**
 * Writes all titles to a CSV file with the standard columns, and those further columns for which a title has a value.
 * An existing file is replaced when the export is complete.
 *
 * @throws UsageError if the file cannot be written
 */
export async function exportTitles(edge: EdgeClient, path: string, options: ExportOptions): Promise<ExportSummary> {
  const { source, signal, onTitle } = options;
  const summary = { rows: 0, omitted: 0 };
  const usedColumns = new Set<string>();
  const toRows = async function* () {
    for await (const title of listTitles(edge, source)) {
      if (hasExternalId(title)) {
        const row = toTitleRow(title, source);
        for (const column of FURTHER_COLUMNS) if (row[column] !== '') usedColumns.add(column);
        yield row;
        summary.rows += 1;
        onTitle?.(summary.rows);
      } else summary.omitted += 1;
    }
  };
  // The header depends on all titles, so a temporary file contains all columns.
  const [allColumns, complete] = [`${path}.incomplete`, `${path}.complete`];
  const toCsv = (columns: readonly string[]) => stringify({ header: true, columns: [...columns] });
  const pipelineOptions = { ...(signal && { signal }) };
  try {
    const rows = Readable.from(toRows());
    await pipeline(rows, toCsv([...STANDARD, ...FURTHER_COLUMNS]), createWriteStream(allColumns), pipelineOptions);
    const columns = [...STANDARD, ...FURTHER_COLUMNS.filter((column) => usedColumns.has(column))];
    const reread = [createReadStream(allColumns), parse({ columns: true })] as const;
    await pipeline(...reread, toCsv(columns), createWriteStream(complete), pipelineOptions);
    await rename(complete, path);
  } catch (error) {
    const isFileError = (error as NodeJS.ErrnoException).path !== undefined;
    throw isFileError ? toWriteError(path, error) : error;
  } finally {
    for (const temporary of [allColumns, complete]) await rm(temporary, { force: true });
  }
  return summary;
}

/** Requests each page after the previous one was written, so that slow writes also delay the requests. */
async function* listTitles(edge: EdgeClient, source: string | undefined): AsyncGenerator<TitleDetails> {
  let cursor: string | null = null;
  do {
    const query = { pageSize: 100, ...(source !== undefined && { source }), ...(cursor !== null && { cursor }) };
    const page: Schema<'TitleExportPage'> = await requireData(edge.api.GET('/v1/title-exports', { params: { query } }));
    yield* page.titles;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function hasExternalId(title: TitleDetails): title is TitleDetails & { externalId: string } {
  return title.externalId !== null;
}
