import type { FieldError } from '@viernes/contracts';

/** Deeper than every schema. Parsed values are processed recursively. */
const MAX_DEPTH = 32;
/** More than every schema has. Objects with thousands of different names are slow to build and to compare. */
const MAX_FIELDS = 256;

/**
 * Finds excessive nesting, or an excessive number of fields, before the text is parsed. Does not validate the text: the
 * parser reports invalid JSON.
 *
 * @returns undefined if the shape is acceptable
 */
export function findShapeError(json: string): Omit<FieldError, 'path'> | undefined {
  /** Fields of each open object. */
  const fields: number[] = [];
  for (let index = 0; index < json.length; index += 1) {
    const character = json[index];
    if (character === '"') index = findEndOfString(json, index);
    else if (character === '{' || character === '[') {
      if (fields.push(0) > MAX_DEPTH) return { reason: 'nestedValues', values: { count: MAX_DEPTH } };
    } else if (character === '}' || character === ']') fields.pop();
    else if (character === ':') {
      const count = (fields.pop() ?? 0) + 1;
      if (count > MAX_FIELDS) return { reason: 'maxFields', values: { count: MAX_FIELDS } };
      fields.push(count);
    }
  }
  return undefined;
}

/** Returns the index of the closing quotation mark, or of the last character. */
function findEndOfString(json: string, start: number): number {
  let index = start + 1;
  while (index < json.length && json[index] !== '"') index += json[index] === '\\' ? 2 : 1;
  return index;
}
