import { Injectable } from '@nestjs/common';
import type { catalogV1 } from '@viernes/contracts';
import { ReadCoalescer } from '@viernes/platform';
import { toTitleMessage } from '../title/title.message.js';
import { toHomeRows } from './home-rows.js';
import { HomeRepository } from './home.repository.js';

interface Page {
  readonly version: string;
  readonly response: catalogV1.ListHomeRowsResponse;
}

/**
 * Lists the home rows from memory while their version in the database is the same: they are equal for all callers, and
 * reading and converting 160 titles takes 5 ms of CPU time. The response is the same object, so that it is also
 * serialized only once.
 */
@Injectable()
export class ListHomeRows {
  /** By row size, which the request limits. */
  private readonly pages = new Map<number, Page>();

  constructor(
    private readonly home: HomeRepository,
    private readonly coalescer: ReadCoalescer,
  ) {}

  async run(rowSize: number): Promise<catalogV1.ListHomeRowsResponse> {
    return this.coalescer.run('home', String(rowSize), () => this.list(rowSize));
  }

  private async list(rowSize: number): Promise<catalogV1.ListHomeRowsResponse> {
    const page = this.pages.get(rowSize);
    if (page && page.version === (await this.home.findVersion())) return page.response;
    const { version, entries } = await this.home.listEntries(rowSize);
    const rows = toHomeRows(entries);
    const response = { rows: rows.map(({ titles, ...row }) => ({ ...row, titles: titles.map(toTitleMessage) })) };
    if (version !== undefined) this.pages.set(rowSize, { version, response });
    return response;
  }
}
