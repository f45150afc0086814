import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { TitleEntity } from '../title/title.entity.js';
import { TITLE_COLUMNS, TITLE_TABLES, titleOf, type TitleRow } from '../title/title-row.js';
import type { HomePlace } from './home-rows.js';

/** How many genres get a row: those with the most titles. */
const GENRE_ROWS = 6;

interface PlaceRow extends TitleRow {
  readonly row: HomePlace['row'];
  readonly genre: string | null;
}

/** The home screen's view of titles, films and popularity. */
@Injectable()
export class HomeRepository {
  constructor(@InjectRepository(TitleEntity) private readonly titles: Repository<TitleEntity>) {}

  /** Every row's titles in one round trip, rows in the order of the screen; at most rowSize a row. */
  async listPlaces(rowSize: number): Promise<HomePlace[]> {
    const rows = await this.titles.query<PlaceRow[]>(
      `(select 'ready-to-watch' as row, null as genre, ${TITLE_COLUMNS}
          from publication p join title t on t.id = p.title_id
          order by p.published_at desc, p.title_id desc limit $1)
       union all
       (select 'popular', null, ${TITLE_COLUMNS}
          from title_popularity hot join title t on t.id = hot.title_id left join publication p on p.title_id = t.id
          order by hot.heat desc, hot.title_id desc limit $1)
       union all
       (select 'genre', largest.genre, best.*
          from (select genre, count(*) as size from (select unnest(genres) as genre from title) each_genre
                group by genre order by size desc, genre limit $2) largest
          cross join lateral (
            select ${TITLE_COLUMNS} from ${TITLE_TABLES} where t.genres @> array[largest.genre]
            order by p.title_id is null, t.score desc nulls last, t.created_at desc, t.id desc limit $1) best
          order by largest.size desc, largest.genre, best."assetId" is null, best.score desc nulls last,
            best."createdAt" desc, best.id desc)`,
      [rowSize, GENRE_ROWS],
    );
    return rows.map((row) => ({ row: row.row, genre: row.genre ?? undefined, title: titleOf(row) }));
  }
}
