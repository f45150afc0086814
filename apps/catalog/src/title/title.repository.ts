import { Injectable } from '@nestjs/common';
import { CodedError } from '@viernes/contracts';
import { Reads, type Transaction } from '@viernes/database';
import { ReadCoalescer, uuid } from '@viernes/platform';
import type { NewestCursor } from './title-cursor.js';
import { BATCH_GET_TITLES, GET_TITLE, listNewest, toTitle, type TitleRow } from './title-query.js';
import { TitleEntity } from './title.entity.js';
import type { NewTitle, Title, TitleFilter } from './title.js';

@Injectable()
export class TitleRepository {
  constructor(
    private readonly reads: Reads,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /** @throws CodedError TITLE_NOT_FOUND, also for text that is not a UUID */
  async get(text: string): Promise<Title> {
    const id = uuid.safeParse(text).data;
    if (id === undefined) throw new CodedError('TITLE_NOT_FOUND', { titleId: text });
    const [row] = await this.coalescer.run('title', id, () => this.reads.run<TitleRow>(GET_TITLE, [id]));
    if (!row) throw new CodedError('TITLE_NOT_FOUND', { titleId: text });
    return toTitle(row);
  }

  /** Lists existing titles in the order of the IDs. Ignores text that is not a UUID, and repeats the title of a repeated ID. */
  async listByIds(texts: readonly string[]): Promise<Title[]> {
    const ids = texts.flatMap((text) => uuid.safeParse(text).data ?? []);
    const rows = await this.reads.run<TitleRow>(BATCH_GET_TITLES, [ids]);
    const titles = new Map(rows.map((row) => [row.id, toTitle(row)]));
    return ids.flatMap((id) => titles.get(id) ?? []);
  }

  /** Lists the newest titles first, starting after the cursor. */
  async listNewest(filter: TitleFilter, after: NewestCursor | undefined, limit: number): Promise<Title[]> {
    const position = after && { createdAt: new Date(after.createdAtMs), id: after.id };
    const { statement, values } = listNewest(filter, position, limit);
    return (await this.reads.run<TitleRow>(statement, values)).map(toTitle);
  }

  /** @returns undefined if another title has the same external ID */
  async insert(tx: Transaction, id: string, title: NewTitle): Promise<Title | undefined> {
    const { raw } = await tx
      .createQueryBuilder()
      .insert()
      .into(TitleEntity)
      .values({ ...title, id, genres: [...title.genres], directors: [...title.directors] })
      .orIgnore()
      .returning('created_at')
      .execute();
    const [row] = raw as { created_at: Date }[];
    return row && { ...title, id, createdAt: row.created_at };
  }
}
