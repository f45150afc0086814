import type { NewTitle, ReadRow } from '@viernes/title-csv';
import { t } from 'i18next';
import { FileError } from './file-source.js';

/**
 * Reads titles in the format of the API: a list, or an object with the list `titles`. The API validates each title.
 * The line of a title is its position in the list.
 *
 * @throws FileError if the file contains no such list
 */
export async function* readJsonRows(file: Blob): AsyncGenerator<ReadRow> {
  const titles = toTitles(await file.text());
  for (const [index, title] of titles.entries()) {
    const id = typeof title['externalId'] === 'string' ? title['externalId'] : '';
    const endByte = Math.round((file.size * (index + 1)) / titles.length);
    yield { line: index + 1, endByte, id, title: title as NewTitle, issues: [] };
  }
}

const EXAMPLE = '[{ "kind": "film", "name": … }, …]';

type JsonObject = Readonly<Record<string, unknown>>;

function toTitles(text: string): readonly JsonObject[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw new FileError(t('editor.import.fileErrors.notJson'), { cause });
  }
  const list = isObject(content) ? content['titles'] : content;
  if (!Array.isArray(list) || !list.every(isObject)) {
    throw new FileError(t('editor.import.fileErrors.noList', { example: EXAMPLE }));
  }
  return list;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
