import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { PageCursor, timestamp, uuid, type Page } from '@viernes/platform';
import { z } from 'zod';
import type { Deletion } from './deletion.js';

/** Selects the next deletions of one table in the order of its index. */
function selectNext(columns: string, from: string): string {
  return `(SELECT ${columns}, id, name, deleted_at FROM ${from}
    WHERE deleted_at IS NOT NULL AND (deleted_at, id) < ($1::timestamptz, $2::uuid)
    ORDER BY deleted_at DESC, id DESC LIMIT $3)`;
}

// Raw SQL: the query builder has no UNION.
const LIST: ReadStatement = {
  name: 'deletion-list',
  text: `SELECT kind, id, name, release_year AS "releaseYear", deleted_at AS "deletedAt"
    FROM (${selectNext('kind, release_year', 'title')}
      UNION ALL ${selectNext(`'person', NULL::integer`, 'deleted_person')}) deletion
    ORDER BY deleted_at DESC, id DESC LIMIT $3`,
};

/** Contains the time of a deletion, and the ID of the title or person. */
const CURSOR = new PageCursor('deletions', z.tuple([timestamp, uuid]));

const FIRST_PAGE = ['infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

@Injectable()
export class DeletionRepository {
  constructor(private readonly reads: Reads) {}

  /** Lists deleted titles and people, the latest deletion first. @throws CodedError CURSOR_INVALID */
  async list(cursor: string, pageSize: number): Promise<Page<Deletion>> {
    const after = CURSOR.decode(cursor) ?? FIRST_PAGE;
    const found = await this.reads.run<Deletion>(LIST, [...after, pageSize + 1]);
    return CURSOR.toPage(found, pageSize, ({ deletedAt, id }) => [deletedAt, id]);
  }
}
