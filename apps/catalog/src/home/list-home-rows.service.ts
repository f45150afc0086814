import { Injectable } from '@nestjs/common';
import type { catalogV1 } from '@viernes/contracts';
import { currentContext, ReadCoalescer } from '@viernes/platform';
import { toTitleMessage } from '../title/title.message.js';
import { toHomeRows } from './home-rows.js';
import { HomeRepository } from './home.repository.js';

/** A profile with a maximum age sees only some of the titles of a row, so all of them are read. */
const MAX_ROW_SIZE = 50;

interface Page {
  readonly version: string;
  readonly response: catalogV1.ListHomeRowsResponse;
}

/**
 * Lists the home rows from memory while their version in the database is the same. They are equal for all callers with the
 * same maximum age, and reading and converting 160 titles takes 5 ms of CPU time. The response is the same object, so that
 * it is also serialized only once.
 */
@Injectable()
export class ListHomeRows {
  /** By maximum age and row size, which have few values. */
  private readonly pages = new Map<string, Page>();

  constructor(
    private readonly home: HomeRepository,
    private readonly coalescer: ReadCoalescer,
  ) {}

  async run(rowSize: number): Promise<catalogV1.ListHomeRowsResponse> {
    return this.coalescer.run('home', String(rowSize), () => this.list(rowSize));
  }

  private async list(rowSize: number): Promise<catalogV1.ListHomeRowsResponse> {
    const { maximumAge } = currentContext();
    const key = `${maximumAge ?? ''} ${rowSize}`;
    const page = this.pages.get(key);
    if (page && page.version === (await this.home.findVersion())) return page.response;
    const { version, entries } = await this.home.listEntries(maximumAge === undefined ? rowSize : MAX_ROW_SIZE);
    const rows = toHomeRows(entries);
    const response = {
      rows: rows.map(({ titles, ...row }) => ({ ...row, titles: titles.slice(0, rowSize).map(toTitleMessage) })),
    };
    if (version !== undefined) this.pages.set(key, { version, response });
    return response;
  }
}
