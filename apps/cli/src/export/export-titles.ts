import type { Schema } from '@viernes/api-client';
import { stringify } from 'csv-stringify';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { STANDARD_COLUMNS } from '../catalog-file/columns.js';
import { requireData, type EdgeClient } from '../edge/edge-client.js';
import { UsageError } from '../settings.js';
import { toTitleRow } from './title-row.js';

type TitleDetails = Schema<'TitleDetails'>;

export interface ExportOptions {
  /** Only titles of this source, whose IDs are written without it. */
  readonly source: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each title. */
  readonly onTitle?: (rows: number) => void;
}

export interface ExportSummary {
  readonly rows: number;
  /** Titles without an external ID, which `import` could not find again. They are not in the file. */
  readonly omitted: number;
}

/**
 * Writes all titles to a CSV file with the standard columns. An existing file is replaced when the export is complete.
 *
 * @throws UsageError if the file cannot be written
 */
export async function exportTitles(edge: EdgeClient, path: string, options: ExportOptions): Promise<ExportSummary> {
  const { source, signal, onTitle } = options;
  const summary = { rows: 0, omitted: 0 };
  const toRows = async function* () {
    for await (const title of listTitles(edge, source)) {
      if (hasExternalId(title)) {
        yield toTitleRow(title, source);
        summary.rows += 1;
        onTitle?.(summary.rows);
      } else summary.omitted += 1;
    }
  };
  const incomplete = `${path}.incomplete`;
  try {
    const csv = stringify({ header: true, columns: Object.values(STANDARD_COLUMNS) });
    await pipeline(Readable.from(toRows()), csv, createWriteStream(incomplete), { ...(signal && { signal }) });
    await rename(incomplete, path);
  } catch (error) {
    await rm(incomplete, { force: true });
    const { path: failedPath, message } = error as NodeJS.ErrnoException;
    if (failedPath === undefined) throw error;
    throw new UsageError(`${path} cannot be written: ${message}`, { cause: error });
  }
  return summary;
}

/** Lists page by page, so that the file determines the speed. */
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
