import { CodedError } from '@viernes/contracts';
import { z } from 'zod';

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  /** Empty on the last page. */
  readonly nextCursor: string;
}

/** The values of the last entry of a page in the columns by which the list is sorted. */
type Position = readonly (string | number | Date)[];

/** The cursors of one list, which clients return unchanged. */
export class PageCursor<Values extends Position> {
  private readonly schema: z.ZodType<readonly [string, Values]>;

  /** @param list names the list: cursors of other lists are invalid */
  constructor(
    private readonly list: string,
    values: z.ZodType<Values>,
  ) {
    this.schema = z.tuple([z.literal(list), values]);
  }

  /**
   * @returns the position after which the page starts, or undefined for the empty cursor of the first page
   * @throws CodedError CURSOR_INVALID
   */
  decode(cursor: string): Values | undefined {
    if (cursor === '') return undefined;
    try {
      return this.schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))[1];
    } catch (error) {
      throw new CodedError('CURSOR_INVALID', {}, { cause: error });
    }
  }

  /** @param found the entries of the page, and an extra one if there is a next page */
  toPage<Entry>(found: readonly Entry[], pageSize: number, toPosition: (entry: Entry) => Values): Page<Entry> {
    const entries = found.slice(0, pageSize);
    const last = found.length > pageSize ? entries.at(-1) : undefined;
    return { entries, nextCursor: last === undefined ? '' : this.encode(toPosition(last)) };
  }

  /** @param position that of the last entry of a page */
  encode(position: Values): string {
    return Buffer.from(JSON.stringify([this.list, position])).toString('base64url');
  }
}
