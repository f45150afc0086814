import type { RowIssue } from './row-issue.js';

/** Changes of text that the API would reject, or that makes equal names differ. Each one is reported on its own. */
const LINE_STEPS: readonly (readonly [reason: string, change: (text: string) => string])[] = [
  ['is not in Unicode normalization form C', (text) => text.normalize('NFC')],
  ['contains a line break', (text) => text.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, ' ')],
  ['contains a zero-width space', (text) => text.replace(/[\u200B\u2060\uFEFF]/g, '')],
  // Not \s: tabs and line breaks are control characters.
  ['contains a space other than U+0020', (text) => text.replace(/\t|(?! )\p{Zs}/gu, ' ')],
  // The rules of the API: no control characters, no bidirectional controls, no damaged characters.
  ['contains unsupported characters', (text) => text.replace(/[\p{Cc}\p{Cs}\uFFFD\u202A-\u202E\u2066-\u2069]/gu, '')],
];

const PARAGRAPH = /(?:\r?\n[^\S\n]*){2,}/;

type Report = (issue: Pick<RowIssue, 'reason' | 'before' | 'after'>) => void;

/** Returns one line of text without white space at its ends. */
export function cleanLine(text: string, report: Report): string {
  let cleaned = text;
  for (const [reason, change] of LINE_STEPS) {
    const after = change(cleaned);
    if (after !== cleaned) report({ reason, before: cleaned, after: after.trim() });
    cleaned = after;
  }
  return cleaned.trim();
}

/** Like `cleanLine`, but keeps paragraphs, which an empty line separates. */
export function cleanParagraphs(text: string, report: Report): string {
  return text
    .trim()
    .split(PARAGRAPH)
    .map((paragraph) => cleanLine(paragraph, report))
    .join('\n\n');
}

/** Shortens text to a number of UTF-16 code units, and does not divide a character. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const cut = text.slice(0, maxLength - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.trimEnd()}…`;
}
