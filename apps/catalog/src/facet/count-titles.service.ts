import { Injectable } from '@nestjs/common';
import { currentContext, ReadCoalescer } from '@viernes/platform';
import { TitleSearchRepository } from '../search/title-search.repository.js';
import type { TitleFilter } from '../title/title.js';
import type { TitleCounts } from './facet-table.js';
import { FacetTableRepository } from './facet-table.repository.js';
import { FacetTables } from './facet-tables.js';

/** The matches of a query that are counted. Listing more of them would take longer than the search. */
export const MAX_MATCHES = 2_000;

export interface CountedTitles extends TitleCounts {
  /** The query has more matches than are counted. */
  readonly isLowerBound: boolean;
}

@Injectable()
export class CountTitles {
  constructor(
    private readonly tables: FacetTables,
    private readonly repository: FacetTableRepository,
    private readonly search: TitleSearchRepository,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /** Counts the visible titles of a list, and those of each facet. A change of a title is counted some seconds later. */
  async run(query: string, filter: TitleFilter): Promise<CountedTitles> {
    return this.coalescer.run('facets', JSON.stringify([query, filter]), () => this.count(query, filter));
  }

  private async count(query: string, { personId, role, ...filter }: TitleFilter): Promise<CountedTitles> {
    const table = await this.tables.get();
    const matches = query === '' ? undefined : await this.search.listIds(query, MAX_MATCHES);
    const ofPerson = personId === undefined ? undefined : await this.repository.listTitlesOfPerson(personId, role);
    const ids =
      matches && ofPerson ? matches.filter((id) => ofPerson.has(id)) : (matches ?? (ofPerson && [...ofPerson]));
    return {
      ...table.count(filter, new Date(), ids, currentContext().maximumAge),
      isLowerBound: matches?.length === MAX_MATCHES,
    };
  }
}
