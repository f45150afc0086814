import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { CodedError } from '@viernes/contracts';
import type { Transaction } from '@viernes/database';
import { Repository } from 'typeorm';
import type { NewestPlace } from './title-cursor.js';
import type { NewTitle, Title, TitleFilter } from './title.js';
import { TITLE_COLUMNS, TITLE_TABLES, titleOf, type TitleRow } from './title-row.js';
import { conditionsOf } from './title-conditions.js';
import { TitleEntity } from './title.entity.js';

@Injectable()
export class TitleRepository {
  constructor(@InjectRepository(TitleEntity) private readonly titles: Repository<TitleEntity>) {}

  /** @throws CodedError TITLE_NOT_FOUND */
  async get(id: string): Promise<Title> {
    const [title] = await this.getMany([id]);
    if (!title) throw new CodedError('TITLE_NOT_FOUND', { titleId: id });
    return title;
  }

  /** Those that exist, in the order of the ids; an id given twice answers twice. */
  async getMany(ids: readonly string[]): Promise<Title[]> {
    const rows = await this.titles.query<TitleRow[]>(
      `select ${TITLE_COLUMNS} from unnest($1::uuid[]) with ordinality as wanted (id, place)
       join title t on t.id = wanted.id left join publication p on p.title_id = t.id order by wanted.place`,
      [ids],
    );
    return rows.map(titleOf);
  }

  /** Newest first, from after a place on. */
  async listNewest(filter: TitleFilter, after: NewestPlace | undefined, limit: number): Promise<Title[]> {
    const { where, parameters } = conditionsOf(filter);
    if (after) {
      parameters.push(new Date(after.createdAtMs), after.id);
      where.push(`(t.created_at, t.id) < ($${parameters.length - 1}, $${parameters.length})`);
    }
    parameters.push(limit);
    const rows = await this.titles.query<TitleRow[]>(
      `select ${TITLE_COLUMNS} from ${TITLE_TABLES} where ${where.join(' and ') || 'true'}
       order by t.created_at desc, t.id desc limit $${parameters.length}`,
      parameters,
    );
    return rows.map(titleOf);
  }

  /** @returns undefined where another title has the same external id */
  async insert(tx: Transaction, id: string, title: NewTitle): Promise<Title | undefined> {
    const [row] = await tx.query<{ createdAt: Date }[]>(
      `insert into title (id, kind, name, synopsis, release_year, genres, directors, maturity_rating, runtime_minutes,
         score, external_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (external_id) do nothing returning created_at as "createdAt"`,
      [
        id,
        title.kind,
        title.name,
        title.synopsis,
        title.releaseYear,
        title.genres,
        title.directors,
        title.maturityRating,
        title.runtimeMinutes,
        title.score,
        title.externalId,
      ],
    );
    return row && { ...title, id, createdAt: row.createdAt, film: undefined };
  }
}
