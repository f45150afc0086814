import { Injectable } from '@nestjs/common';
import { CodedError, SLUG } from '@viernes/contracts';
import { Reads, type Transaction } from '@viernes/database';
import { ReadCoalescer, uuid } from '@viernes/platform';
import { Any, IsNull, Not } from 'typeorm';
import { isEditor } from '../audience/is-editor.js';
import { ViewerReads } from '../audience/viewer-reads.js';
import { TitleEntity } from './title.entity.js';
import {
  BATCH_GET_TITLES,
  FIND_VISIBLE,
  FIND_VISIBLE_TO_EDITORS,
  GET_TITLE,
  GET_TITLE_BY_SLUG,
  GET_TITLE_BY_SLUG_FOR_EDITORS,
  GET_TITLE_FOR_EDITORS,
  GET_TITLES,
  TITLE_DETAIL_COLUMNS,
  toTitle,
  toTitleDetails,
  type TitleDetailsRow,
  type TitleRow,
} from './title-query.js';
import type { Title, TitleDetails } from './title.js';

const FOR_VIEWERS = { byId: GET_TITLE, bySlug: GET_TITLE_BY_SLUG };
const FOR_EDITORS = { byId: GET_TITLE_FOR_EDITORS, bySlug: GET_TITLE_BY_SLUG_FOR_EDITORS };

type AgeRow = Pick<TitleRow, 'minimumAge'>;

@Injectable()
export class TitleRepository {
  constructor(
    private readonly reads: Reads,
    private readonly viewerReads: ViewerReads,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /**
   * Returns a visible title. To editors, returns any title that is not deleted.
   *
   * @param text the ID or the slug
   * @throws CodedError TITLE_NOT_FOUND
   */
  async get(text: string): Promise<TitleDetails> {
    const id = uuid.safeParse(text).data;
    const { byId, bySlug } = isEditor() ? FOR_EDITORS : FOR_VIEWERS;
    const reads = isEditor() ? this.reads : this.viewerReads;
    const statement = id === undefined ? bySlug : byId;
    if (id === undefined && !SLUG.test(text)) throw new CodedError('TITLE_NOT_FOUND', { titleId: text });
    const value = id ?? text;
    const [row] = await this.coalescer.run('title', value, () => reads.run<TitleDetailsRow>(statement, [value]));
    if (!row) throw new CodedError('TITLE_NOT_FOUND', { titleId: text });
    return toTitleDetails(row);
  }

  /** Finds visible titles by ID. Returns undefined for an ID without a visible title, and for text that is not a UUID. */
  async findEach(texts: readonly string[]): Promise<(TitleDetails | undefined)[]> {
    const ids = texts.map((text) => uuid.safeParse(text).data);
    const rows = await this.viewerReads.run<TitleDetailsRow>(GET_TITLES, [ids.filter((id) => id !== undefined)]);
    const titles = new Map(rows.map((row) => [row.id, toTitleDetails(row)]));
    return ids.map((id) => (id === undefined ? undefined : titles.get(id)));
  }

  /**
   * Checks that the caller can see a title, by the rules of `get`.
   *
   * @param id the ID of the title or of one of its episodes
   * @returns the minimum age of the title
   * @throws CodedError TITLE_NOT_FOUND
   */
  async checkVisibility(id: string): Promise<number | undefined> {
    const [title] = isEditor()
      ? await this.reads.run<AgeRow>(FIND_VISIBLE_TO_EDITORS, [id])
      : await this.viewerReads.run<AgeRow>(FIND_VISIBLE, [id]);
    if (!title) throw new CodedError('TITLE_NOT_FOUND', { titleId: id });
    return title.minimumAge ?? undefined;
  }

  /** Returns a title, also one that viewers do not see. @throws CodedError TITLE_NOT_FOUND if it is deleted or does not exist */
  async getForEditing(tx: Transaction, id: string): Promise<TitleDetails> {
    const [title] = await this.listForEditing(tx, 't.id', [id]);
    if (!title) throw new CodedError('TITLE_NOT_FOUND', { titleId: id });
    return title;
  }

  /** Lists titles by ID or external ID, including those that viewers do not see. Omits deleted ones. */
  async listForEditing(
    tx: Transaction,
    column: 't.id' | 't.external_id',
    values: readonly string[],
  ): Promise<TitleDetails[]> {
    // Raw SQL: the same columns as the reads that viewers call.
    const rows = await tx.query<TitleDetailsRow[]>(
      `SELECT ${TITLE_DETAIL_COLUMNS} FROM title t LEFT JOIN publication p ON p.title_id = t.id
       WHERE ${column} = ANY ($1) AND t.deleted_at IS NULL`,
      [values],
    );
    return rows.map(toTitleDetails);
  }

  /** Lists titles by ID, including deleted ones and those that viewers do not see. */
  async listWithDeleted(tx: Transaction, ids: readonly string[]): Promise<TitleDetails[]> {
    // Raw SQL: the same columns as the reads that viewers call.
    const rows = await tx.query<TitleDetailsRow[]>(
      `SELECT ${TITLE_DETAIL_COLUMNS} FROM title t LEFT JOIN publication p ON p.title_id = t.id WHERE t.id = ANY ($1)`,
      [ids],
    );
    return rows.map(toTitleDetails);
  }

  /** Returns those of the external IDs whose titles are deleted. */
  async findDeletedExternalIds(tx: Transaction, externalIds: readonly string[]): Promise<ReadonlySet<string>> {
    const deleted = await tx.find(TitleEntity, {
      select: { externalId: true },
      where: { externalId: Any([...externalIds]), deletedAt: Not(IsNull()) },
    });
    return new Set(deleted.flatMap(({ externalId }) => externalId ?? []));
  }

  /** Returns those of the titles whose kind cannot change: series with seasons, and films with a video. */
  async findFixedKinds(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    // Raw SQL: the query builder has no EXISTS per kind.
    const rows = await tx.query<{ id: string }[]>(
      `SELECT id FROM title t WHERE id = ANY ($1::uuid[]) AND CASE kind
         WHEN 'series' THEN EXISTS (SELECT FROM season WHERE title_id = t.id)
         ELSE EXISTS (SELECT FROM publication WHERE title_id = t.id) END`,
      [ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Lists visible titles in the order of the IDs. Ignores text that is not a UUID, and repeats the title of a
   * repeated ID.
   */
  async listByIds(texts: readonly string[]): Promise<Title[]> {
    const ids = texts.flatMap((text) => uuid.safeParse(text).data ?? []);
    const rows = await this.viewerReads.run<TitleRow>(BATCH_GET_TITLES, [ids]);
    const titles = new Map(rows.map((row) => [row.id, toTitle(row)]));
    return ids.flatMap((id) => titles.get(id) ?? []);
  }
}
