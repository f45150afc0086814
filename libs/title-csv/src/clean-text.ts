import type { ReasonCode } from './row-issue.js';

/** Repairs of text that the API would reject, or that makes equal names differ. Each one is reported separately. */
const LINE_STEPS: readonly (readonly [reason: ReasonCode, change: (text: string) => string])[] = [
  ['normalizationForm', (text) => text.normalize('NFC')],
  ['lineBreak', (text) => text.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, ' ')],
  ['zeroWidthSpace', (text) => text.replace(/[\u200B\u2060\uFEFF]/g, '')],
  // Not \s, which also matches other control characters. The next step removes those.
  ['otherSpace', (text) => text.replace(/\t|(?! )\p{Zs}/gu, ' ')],
  // The rules of the API: no control characters, no bidirectional controls, no lone surrogates or U+FFFD.
  ['unsupportedCharacters', (text) => text.replace(/[\p{Cc}\p{Cs}\uFFFD\u202A-\u202E\u2066-\u2069]/gu, '')],
];

const PARAGRAPH = /(?:\r?\n[^\S\n]*){2,}/;

type Report = (reason: ReasonCode, before: string, after: string) => void;

/** Returns one line of text without white space at its ends. */
export function cleanLine(text: string, report: Report): string {
  let cleaned = text;
  for (const [reason, change] of LINE_STEPS) {
    const after = change(cleaned);
    if (after !== cleaned) report(reason, cleaned, after.trim());
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
