import { CodedError } from '@viernes/contracts';
import { z } from 'zod';

/** The last row of a page. */
export interface UsageCursor {
  readonly startsAt: string;
  readonly calls: number;
  /** The values of its dimensions. */
  readonly key: string;
}

const Cursor = z.tuple([z.iso.datetime(), z.int().min(0), z.string().max(300)]);

/** @throws CodedError CURSOR_INVALID */
export function decodeUsageCursor(cursor: string): UsageCursor | undefined {
  if (cursor === '') return undefined;
  try {
    const [startsAt, calls, key] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { startsAt, calls, key };
  } catch (error) {
    throw new CodedError('CURSOR_INVALID', {}, { cause: error });
  }
}

export function encodeUsageCursor({ startsAt, calls, key }: UsageCursor): string {
  return Buffer.from(JSON.stringify([startsAt, calls, key])).toString('base64url');
}
