import { CodedError } from '@viernes/contracts';
import { LANGUAGES } from '@viernes/translations';
import type { TitleOrder } from './title.js';

/**
 * The last title of a page in its order: the values of the columns by which the list is sorted. `createdAtMs` and
 * `score` are those of the title. A missing score is -1. The language of names is that of the first page.
 */
export type OrderCursor =
  | { readonly order: 'newest'; readonly createdAtMs: number; readonly id: string }
  | { readonly order: 'name'; readonly language: string; readonly name: string; readonly id: string }
  | { readonly order: 'popularity'; readonly viewScore: number; readonly id: string }
  | { readonly order: 'score'; readonly score: number; readonly createdAtMs: number; readonly id: string };

/** The last title of a page of search results, best match first. */
export interface MatchCursor {
  readonly rank: number;
  readonly id: string;
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const DECIMAL = '\\d{1,10}(?:\\.\\d{1,20})?(?:e-\\d{1,3})?';
const PATTERNS: Readonly<Record<TitleOrder | 'match', RegExp>> = {
  newest: new RegExp(`^newest:(?<createdAtMs>\\d{1,15}):(?<id>${ID})$`),
  name: new RegExp(`^name:(?<language>${LANGUAGES.join('|')}):(?<id>${ID}):(?<name>[^\\p{Cc}\\p{Cs}]{1,200})$`, 'u'),
  popularity: new RegExp(`^popularity:(?<viewScore>${DECIMAL}):(?<id>${ID})$`),
  score: new RegExp(`^score:(?<score>-1|${DECIMAL}):(?<createdAtMs>\\d{1,15}):(?<id>${ID})$`),
  match: new RegExp(`^match:(?<rank>\\d{1,11}):(?<id>${ID})$`),
};

/** Encodes a cursor as text that clients return unchanged. */
export function encodeOrderCursor(cursor: OrderCursor): string {
  switch (cursor.order) {
    case 'newest':
      return encode(`newest:${cursor.createdAtMs}:${cursor.id}`);
    case 'name':
      return encode(`name:${cursor.language}:${cursor.id}:${cursor.name}`);
    case 'popularity':
      return encode(`popularity:${cursor.viewScore}:${cursor.id}`);
    case 'score':
      return encode(`score:${cursor.score}:${cursor.createdAtMs}:${cursor.id}`);
  }
}

/** Encodes a cursor as text that clients return unchanged. */
export function encodeMatchCursor({ rank, id }: MatchCursor): string {
  return encode(`match:${rank}:${id}`);
}

/**
 * @returns undefined for the empty cursor of the first page
 * @throws CodedError CURSOR_INVALID for any text that encodeOrderCursor does not produce, and for the cursor of another order
 */
export function decodeOrderCursor(order: TitleOrder, cursor: string): OrderCursor | undefined {
  if (cursor === '') return undefined;
  const { id = '', language = '', name = '', createdAtMs, viewScore, score } = decode(cursor, PATTERNS[order]);
  switch (order) {
    case 'newest':
      return { order, createdAtMs: Number(createdAtMs), id };
    case 'name':
      return { order, language, name, id };
    case 'popularity':
      return { order, viewScore: Number(viewScore), id };
    case 'score':
      return { order, score: Number(score), createdAtMs: Number(createdAtMs), id };
  }
}

/**
 * @returns undefined for the empty cursor of the first page
 * @throws CodedError CURSOR_INVALID for any text that encodeMatchCursor does not produce
 */
export function decodeMatchCursor(cursor: string): MatchCursor | undefined {
  if (cursor === '') return undefined;
  const { rank, id = '' } = decode(cursor, PATTERNS.match);
  return { rank: Number(rank), id };
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decode(cursor: string, pattern: RegExp): Partial<Record<string, string>> {
  const { groups } = pattern.exec(Buffer.from(cursor, 'base64url').toString()) ?? {};
  if (!groups) throw new CodedError('CURSOR_INVALID');
  return groups;
}
