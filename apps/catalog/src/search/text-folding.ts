import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';

// Raw SQL: the query builder reads from tables only.
const FOLD: ReadStatement = {
  name: 'search-fold',
  text: 'SELECT array_agg(fold_text(text) ORDER BY number) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS texts(text, number)',
};

/**
 * Folds text as the columns of the search are folded: lower case, without accents. Calls the database only for text that is not
 * ASCII.
 */
@Injectable()
export class TextFolding {
  constructor(private readonly reads: Reads) {}

  async fold(text: string): Promise<string> {
    return (await this.foldAll([text])).get(text) ?? '';
  }

  /** @returns the folded text of each text */
  async foldAll(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const folded = new Map(texts.map((text) => [text, text.toLowerCase()]));
    const others = [...folded.keys()].filter((text) => !isAscii(text));
    if (others.length === 0) return folded;
    const [row] = await this.reads.run<{ folded: string[] }>(FOLD, [others]);
    others.forEach((text, index) => folded.set(text, row?.folded[index] ?? ''));
    return folded;
  }
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
