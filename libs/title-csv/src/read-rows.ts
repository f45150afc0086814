import type { ByteSource } from './byte-source.js';
import type { Header } from './header.js';
import type { NewTitle } from './new-title.js';
import type { Mapping } from './mapping.js';
import { readCsv, type CsvRecord } from './read-csv.js';
import type { ReasonCode, RowIssue } from './row-issue.js';
import { toNewTitle } from './row-to-title.js';

/** An issue, with the line in which its row begins. */
export interface ReportedIssue extends RowIssue {
  readonly line: number;
  /** The ID in the file. Empty if it has none. */
  readonly id: string;
  /** The line of the earlier row with the same ID. */
  readonly earlierLine?: number;
}

/** A row of the file, converted to a title, and its issues. */
export interface ReadRow {
  readonly line: number;
  readonly endByte: number;
  readonly id: string;
  /** Undefined if the row is rejected. */
  readonly title: NewTitle | undefined;
  readonly issues: readonly ReportedIssue[];
}

/** Reads the rows after the header. Ignores empty lines. Rejects a row that repeats the ID of an earlier row. */
export async function* readRows(
  file: ByteSource,
  header: Header,
  mapping: Mapping,
  source: string,
  signal?: AbortSignal,
): AsyncGenerator<ReadRow> {
  // The only state that grows with the file: 20 MB for 100,000 rows.
  const lines = new Map<string, number>();
  let isHeader = true;
  for await (const record of readCsv(file, header.format, signal)) {
    if (!isHeader && !isEmpty(record)) {
      const row = toRow(record, header, mapping, source);
      const { externalId } = row.title ?? {};
      const earlier = externalId === undefined ? undefined : lines.get(externalId);
      if (externalId !== undefined && earlier === undefined) lines.set(externalId, row.line);
      yield earlier === undefined ? row : rejectRow(row, 'id', 'repeatedId', { earlierLine: earlier });
    }
    isHeader = false;
  }
}

function toRow(record: CsvRecord, header: Header, mapping: Mapping, source: string): ReadRow {
  const { line, endByte, fields, problem } = record;
  const row = { line, endByte, id: '', title: undefined, issues: [] };
  const text = fields.join(header.format.delimiter).slice(0, 200);
  if (problem !== undefined) return rejectRow(row, '', problem, { before: text });
  const { width } = header;
  // Spreadsheets add delimiters after the last field.
  if (fields.length < width || fields.slice(width).some((field) => field.trim() !== '')) {
    return rejectRow(row, '', fields.length < width ? 'fewerFields' : 'moreFields', { before: text });
  }
  const cells = header.toCells(fields);
  const id = cells.id?.trim() ?? '';
  const { title, issues } = toNewTitle(cells, mapping, source);
  return { line, endByte, id, title, issues: issues.map((issue) => ({ line, id, ...issue })) };
}

function rejectRow(
  row: ReadRow,
  field: string,
  code: ReasonCode,
  found: Partial<Pick<ReportedIssue, 'before' | 'earlierLine'>>,
): ReadRow {
  const { line, id } = row;
  const issue = { line, id, action: 'rejected', field, reason: { code }, before: '', after: '', ...found } as const;
  return { ...row, title: undefined, issues: [...row.issues, issue] };
}

function isEmpty({ fields, problem }: CsvRecord): boolean {
  return problem === undefined && fields.every((field) => field.trim() === '');
}
