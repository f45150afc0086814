import { enumValues } from '@viernes/api-client';
import { DateFormat, TITLE_FIELDS, toMapping, type Mapping } from '@viernes/title-csv';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { toReadError } from '../file-errors.js';
import { UsageError } from '../settings.js';

const byField = z.partialRecord(z.enum(TITLE_FIELDS), z.string());
const separator = z.string().min(1).max(10);
const dateFormat = z.string().superRefine((format, context) => {
  try {
    new DateFormat(format);
  } catch (error) {
    context.addIssue(error instanceof Error ? error.message : String(error));
  }
});

/** The content of a mapping file. The fields of `MappingOptions` describe it. */
const MappingContent = z.strictObject({
  columns: z.partialRecord(z.enum(TITLE_FIELDS), z.string().min(1)).default({}),
  defaults: byField.default({}),
  kinds: z.record(z.string(), z.enum(enumValues.TitleKind)).default({}),
  maturityRatings: z.record(z.string(), z.enum(enumValues.MaturityRating)).default({}),
  listSeparator: separator.default(','),
  listSeparators: z.partialRecord(z.enum(TITLE_FIELDS), separator).default({}),
  dateFormats: z.array(dateFormat).default([]),
  missingValues: z.array(z.string()).default([]),
});

export interface MappingFile {
  readonly mapping: Mapping;
  /** The parsed JSON. Identifies the mapping when an import is resumed. */
  readonly content: unknown;
}

/** @param content the parsed JSON of a mapping file @throws z.ZodError */
export function parseMapping(content: unknown = {}): MappingFile {
  return { content, mapping: toMapping(MappingContent.parse(content)) };
}

/** @throws UsageError if the file cannot be read or is invalid. It lists all invalid fields. */
export async function readMapping(path: string): Promise<MappingFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw toReadError(`The mapping file ${path}`, error);
  });
  try {
    return parseMapping(JSON.parse(text));
  } catch (error) {
    const reason =
      error instanceof z.ZodError
        ? error.issues.map((issue) => `\n  ${toLine(issue)}`).join('')
        : ` ${error instanceof Error ? error.message : String(error)}`;
    throw new UsageError(`Invalid mapping file ${path}:${reason}`, { cause: error });
  }
}

/** An unknown field of the whole file has no path. */
function toLine({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}
