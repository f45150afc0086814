import { z } from 'zod';

export const ITEM_NAME = 'i';
export const XSI_NAMESPACE = 'http://www.w3.org/2001/XMLSchema-instance';

export const PROBLEM_NAMESPACE = 'urn:ietf:rfc:7807';

/** Characters that XML 1.0 cannot contain, not even escaped: control characters, lone surrogates, noncharacters. */
const FORBIDDEN_CHARACTERS = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A parser would replace an unescaped carriage return with a line feed. */
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Returns the name of the root element: the name of the schema in the OpenAPI document. */
export function rootNameOf(schema: z.ZodType): string {
  return z.globalRegistry.get(schema)?.id ?? 'data';
}

/**
 * Writes a JSON value as XML. Properties become elements, the items of an array become elements `i` as in RFC 9457
 * appendix B, and null becomes `xsi:nil`.
 */
export function toXml(value: unknown, schema: z.ZodType): string {
  return toDocument(rootNameOf(schema), value, ` xmlns:xsi="${XSI_NAMESPACE}"`);
}

/** Writes problem details as `application/problem+xml` (RFC 9457 appendix B). */
export function toProblemXml(problem: object): string {
  return toDocument('problem', problem, ` xmlns="${PROBLEM_NAMESPACE}"`);
}

function toDocument(name: string, value: unknown, namespace: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${toElement(name, value, namespace)}`;
}

/** Writes a JSON value as the content of an element. @param attributes with a leading space */
export function toElement(name: string, value: unknown, attributes = ''): string {
  if (value === null) return `<${name}${attributes} xsi:nil="true"/>`;
  return `<${name}${attributes}>${toContent(value)}</${name}>`;
}

function toContent(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => toElement(ITEM_NAME, item ?? null)).join('');
  if (typeof value !== 'object' || value === null) return escape(String(value));
  return Object.entries(value)
    .map(([name, member]) => (member === undefined ? '' : toElement(toName(name), member)))
    .join('');
}

/** Replaces invalid characters. Names in schemas are valid, but those in data of unknown structure can be any text. */
function toName(text: string): string {
  return text.replaceAll(/[^\w.-]/g, '_').replace(/^(?![A-Za-z_])/, '_');
}

export function escape(text: string): string {
  return text
    .replaceAll(FORBIDDEN_CHARACTERS, '\u{FFFD}')
    .replaceAll(/[&<>\r]/g, (character) => ESCAPES[character] ?? '');
}
