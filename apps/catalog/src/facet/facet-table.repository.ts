import { Injectable } from '@nestjs/common';
import type { CreditRole } from '@viernes/contracts';
import { Reads } from '@viernes/database';
import { SEPARATOR } from './facet-column.js';
import { FacetTable, type FacetTitle } from './facet-table.js';

/** Titles per query. Converting more of them would delay other requests. */
const CHUNK = 1_000;

// Raw SQL: the statements are prepared, and the lists are not converted to arrays and back.
const LIST_TITLES = {
  name: 'facet-titles',
  text: `SELECT t.id, t.kind, array_to_string(t.genres, $2) AS genres, array_to_string(t.countries, $2) AS countries,
      array_to_string(t.languages, $2) AS languages, t.minimum_age AS "minimumAge", t.release_year AS "releaseYear",
      t.runtime_minutes AS "runtimeMinutes", p.title_id IS NOT NULL AS "isPlayable", t.availability
    FROM title t LEFT JOIN publication p ON p.title_id = t.id
    WHERE t.deleted_at IS NULL AND t.id > $1 ORDER BY t.id LIMIT ${CHUNK}`,
};

const FIND_VERSION = {
  name: 'facet-version',
  text: `SELECT concat_ws(' ', (SELECT max(updated_at) FROM title), (SELECT concat_ws(' ', title_id, asset_id, published_at)
    FROM publication ORDER BY published_at DESC, title_id DESC LIMIT 1)) AS version`,
};

const LIST_TITLES_OF_PERSON = {
  name: 'facet-titles-of-person',
  text: 'SELECT title_id AS id FROM credit WHERE person_id = $1 AND role = coalesce($2, role)',
};

@Injectable()
export class FacetTableRepository {
  constructor(private readonly reads: Reads) {}

  /** Identifies the newest change of a title, and the newest publication. */
  async findVersion(): Promise<string> {
    const [row] = await this.reads.run<{ version: string }>(FIND_VERSION);
    return row?.version ?? '';
  }

  /** Reads all titles that are not deleted, in chunks, so that other requests are served in between. */
  async load(): Promise<FacetTable> {
    const table = new FacetTable();
    let after = '00000000-0000-0000-0000-000000000000';
    for (;;) {
      const titles = await this.reads.run<FacetTitle>(LIST_TITLES, [after, SEPARATOR]);
      for (const title of titles) table.add(title);
      const last = titles.at(-1);
      if (!last || titles.length < CHUNK) return table;
      after = last.id;
    }
  }

  async listTitlesOfPerson(personId: string, role?: CreditRole): Promise<ReadonlySet<string>> {
    const rows = await this.reads.run<{ id: string }>(LIST_TITLES_OF_PERSON, [personId, role ?? null]);
    return new Set(rows.map(({ id }) => id));
  }
}
