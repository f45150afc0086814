import { Injectable } from '@nestjs/common';
import { Reads } from '@viernes/database';
import { ViewerReads } from '../audience/viewer-reads.js';
import { TITLE_COLUMNS, toTitle, type TitleRow } from '../title/title-query.js';
import type { HomeRowEntry } from './home-rows.js';

/** Raw SQL, because the statements of the most frequent page are prepared. */
const FIND_VERSION = { name: 'home-version', text: 'SELECT version FROM home_refresh' };
const LIST_ENTRIES = {
  name: 'home-entries',
  text: `SELECT r.version, h.row_id AS "rowId", h.row_name AS "rowName", ${TITLE_COLUMNS}
    FROM home_entry h CROSS JOIN home_refresh r JOIN visible_title t ON t.id = h.title_id
    LEFT JOIN publication p ON p.title_id = t.id WHERE h.position < $1 ORDER BY h.row_number, h.position`,
};

interface EntryRow extends TitleRow {
  readonly version: string;
  readonly rowId: string;
  readonly rowName: string;
}

export interface HomeEntries {
  /** Undefined without entries. */
  readonly version: string | undefined;
  readonly entries: readonly HomeRowEntry[];
}

@Injectable()
export class HomeRepository {
  constructor(
    private readonly reads: Reads,
    private readonly viewerReads: ViewerReads,
  ) {}

  /**
   * Returns the version of the rows. It changes if they contain other titles or a changed title. Undefined before the
   * first refresh.
   */
  async findVersion(): Promise<string | undefined> {
    const [row] = await this.reads.run<{ version: string }>(FIND_VERSION);
    return row?.version;
  }

  /**
   * Lists the entries of all rows in the order of the page, up to rowSize titles per row.
   *
   * @returns the entries and their version, which can be older than the latest one if a replica of the database returns them
   */
  async listEntries(rowSize: number): Promise<HomeEntries> {
    const rows = await this.viewerReads.run<EntryRow>(LIST_ENTRIES, [rowSize]);
    const entries = rows.map(({ version: _version, rowId, rowName, ...title }) => ({
      row: { id: rowId, name: rowName },
      title: toTitle(title),
    }));
    return { version: rows[0]?.version, entries };
  }
}
