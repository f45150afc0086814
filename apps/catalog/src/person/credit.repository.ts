import { Injectable } from '@nestjs/common';
import type { ReadStatement } from '@viernes/database';
import { ViewerReads } from '../audience/viewer-reads.js';
import type { Credit } from './credit.js';

interface CreditRow extends Omit<Credit, 'character'> {
  readonly titleId: string;
  readonly character: string | null;
}

// Raw SQL: a named statement.
const LIST_CREDITS: ReadStatement = {
  name: 'credit-batch-get',
  text: `SELECT c.title_id AS "titleId", c.person_id AS "personId", n.name, c.role, c.character
    FROM credit c JOIN visible_title t ON t.id = c.title_id JOIN person n ON n.id = c.person_id
    WHERE c.title_id = ANY ($1::uuid[]) ORDER BY c.title_id, c.position`,
};

@Injectable()
export class CreditRepository {
  constructor(private readonly reads: ViewerReads) {}

  /** Returns the credits of visible titles, by the ID of the title. Omits titles without credits. */
  async listByTitles(titleIds: readonly string[]): Promise<ReadonlyMap<string, readonly Credit[]>> {
    const rows = await this.reads.run<CreditRow>(LIST_CREDITS, [titleIds]);
    const credits = new Map<string, Credit[]>();
    for (const { titleId, character, ...row } of rows) {
      const credit = { ...row, character: character ?? undefined };
      const listed = credits.get(titleId);
      if (listed) listed.push(credit);
      else credits.set(titleId, [credit]);
    }
    return credits;
  }
}
