import { CsvError, parse, type Parser } from 'csv-parse';
import { byteLength, readByteOrderMark, readLine, type ByteSource } from './byte-source.js';
import type { ReasonCode } from './row-issue.js';

/** A record of a CSV file. */
export interface CsvRecord {
  /** Number of the first line of the record, starting with 1. */
  readonly line: number;
  /** Bytes of the file up to the end of the record. */
  readonly endByte: number;
  /** If there is a problem, only the text of the line. */
  readonly fields: readonly string[];
  /** Why the line is not a record. */
  readonly problem?: ReasonCode;
}

export interface CsvFormat {
  readonly delimiter: string;
  /** False if quotes have no meaning, as in many files with tabs. */
  readonly hasQuotes: boolean;
}

/** A longer record has an unclosed quote: a title has less than 512 KiB, and `exact` can repeat its values. */
const MAX_RECORD_BYTES = 1024 * 1024;
const PROBLEMS: Partial<Record<string, ReasonCode>> = {
  CSV_QUOTE_NOT_CLOSED: 'quoteNotClosed',
  CSV_INVALID_CLOSING_QUOTE: 'textAfterQuote',
  INVALID_OPENING_QUOTE: 'quoteInsideField',
  CSV_MAX_RECORD_SIZE: 'recordTooLong',
};

/**
 * Reads the records of a file in UTF-8 as a stream. After a record with invalid quotes, it continues with the next
 * line, so that a missing quote does not lose the following records.
 */
export async function* readCsv(source: ByteSource, format: CsvFormat, signal?: AbortSignal): AsyncGenerator<CsvRecord> {
  let record = { line: 1, endByte: await readByteOrderMark(source) };
  let problem: ReasonCode | undefined;
  do {
    problem = undefined;
    for await (const parsed of parseFrom(source, record.endByte, format, signal)) {
      if (parsed instanceof CsvError) {
        problem = PROBLEMS[parsed.code] ?? 'invalidRecord';
        break;
      }
      yield { ...record, endByte: parsed.endByte, fields: parsed.fields };
      record = { line: record.line + countLineBreaks(parsed.raw), endByte: parsed.endByte };
    }
    if (problem !== undefined) {
      const text = await readLine(source, record.endByte);
      const endByte = record.endByte + byteLength(text);
      yield { ...record, endByte, fields: [text.trimEnd()], problem };
      record = { line: record.line + countLineBreaks(text), endByte };
    }
  } while (problem !== undefined);
}

interface ParsedRecord {
  readonly fields: readonly string[];
  /** The text of the record. Ends with CR if its line break is CRLF. */
  readonly raw: string;
  /** Bytes of the file up to the end of the record. */
  readonly endByte: number;
}

/** Yields records up to the first invalid one, and then its error. */
async function* parseFrom(
  source: ByteSource,
  startByte: number,
  { delimiter, hasQuotes }: CsvFormat,
  signal: AbortSignal | undefined,
): AsyncGenerator<ParsedRecord | CsvError> {
  // Collected by `on_record`, because after an error the stream drops records that it has not returned yet.
  const parsed: ParsedRecord[] = [];
  const parser = parse({
    delimiter,
    quote: hasQuotes ? '"' : null,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: MAX_RECORD_BYTES,
    raw: true,
    on_record: (value, { bytes }) => {
      // The types of the package do not reflect that `raw` changes the value.
      const { record: fields, raw } = value as unknown as { record: readonly string[]; raw: string };
      parsed.push({ fields, raw, endByte: startByte + bytes });
      return undefined;
    },
  });
  // The parser requires this method, which the streams of its build for browsers do not have.
  if (!('destroy' in parser)) Object.assign(parser, { destroy: () => undefined });
  // The build for browsers does not accept bytes either.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  // Without a listener, an error would terminate the process. The callbacks of `write` and `end` report it.
  parser.on('error', () => undefined).resume();
  try {
    for await (const chunk of source.read(startByte, signal)) {
      await write(parser, decoder.decode(chunk, { stream: true }));
      yield* parsed.splice(0);
    }
    await end(parser);
    yield* parsed;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield* parsed;
    yield error;
  }
}

async function end(parser: Parser): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    parser.once('end', resolve).once('error', reject).end();
  });
}

async function write(parser: Parser, chunk: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    parser.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

function countLineBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
