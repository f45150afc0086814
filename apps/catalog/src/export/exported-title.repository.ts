import { Injectable } from '@nestjs/common';
import { Reads } from '@viernes/database';
import { TITLE_DETAIL_COLUMNS, toTitleDetails, type TitleDetailsRow } from '../title/title-query.js';
import type { TitleDetails } from '../title/title.js';

/**
 * Orders titles by creation, so that those created during an export are on its last pages. Raw SQL, to share the columns
 * with the reads that viewers call.
 */
const LIST = `SELECT ${TITLE_DETAIL_COLUMNS} FROM title t LEFT JOIN publication p ON p.title_id = t.id
  WHERE t.deleted_at IS NULL AND ($1 = '' OR starts_with(t.external_id, $1 || '/'))
    AND ($2::uuid IS NULL OR (t.created_at, t.id) > (SELECT created_at, id FROM title WHERE id = $2))
  ORDER BY t.created_at, t.id LIMIT $3`;

@Injectable()
export class ExportedTitleRepository {
  constructor(private readonly reads: Reads) {}

  /**
   * Lists titles with all their fields, including those that viewers do not see.
   *
   * @param source the prefix of the external IDs up to the first slash. Empty: all titles
   * @param afterId the last title of the previous page
   */
  async list(source: string, afterId: string | undefined, limit: number): Promise<TitleDetails[]> {
    const rows = await this.reads.run<TitleDetailsRow>({ text: LIST }, [source, afterId ?? null, limit]);
    return rows.map(toTitleDetails);
  }
}
