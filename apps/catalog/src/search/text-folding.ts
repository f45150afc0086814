import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { newTraceId, runInContext } from '@viernes/platform';

// Raw SQL: the query builder reads from tables only.
const FOLD: ReadStatement = {
  name: 'search-fold',
  text: 'SELECT array_agg(fold_text(text) ORDER BY number) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS texts(text, number)',
};

/** The Latin letters outside of ASCII. The folded form of each does not depend on its neighbors. */
const LETTERS = Array.from({ length: 0x250 - 0xc0 }, (_, index) => String.fromCodePoint(0xc0 + index));
const LETTER = /[A-Z\u00c0-\u024f]/g;
const LATIN = /^[\p{ASCII}\u00c0-\u024f]*$/u;

/**
 * Folds text as the columns of the search are folded: lower case, without accents. Calls the database once for the Latin
 * letters, and each time for other text.
 */
@Injectable()
export class TextFolding {
  private letters: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(private readonly reads: Reads) {}

  async fold(text: string): Promise<string> {
    return (await this.foldAll([text])).get(text) ?? '';
  }

  /** @returns the folded text of each text */
  async foldAll(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const letters = texts.every(isAscii) ? undefined : await this.getLetters();
    const toFolded = (letter: string): string => letters?.get(letter) ?? letter.toLowerCase();
    const folded = new Map(texts.map((text) => [text, text.replace(LETTER, toFolded)]));
    const others = letters ? [...folded.keys()].filter((text) => !LATIN.test(text)) : [];
    if (others.length > 0) for (const [text, result] of await this.read(others)) folded.set(text, result);
    return folded;
  }

  private async getLetters(): Promise<ReadonlyMap<string, string>> {
    // Without the deadline of the first caller, because others wait for the same read.
    this.letters ??= runInContext({ traceId: newTraceId() }, () => this.read(LETTERS)).catch((error: unknown) => {
      this.letters = undefined;
      throw error;
    });
    return this.letters;
  }

  private async read(texts: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const [row] = await this.reads.run<{ folded: string[] }>(FOLD, [texts]);
    return new Map(texts.map((text, index) => [text, row?.folded[index] ?? '']));
  }
}

function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}
