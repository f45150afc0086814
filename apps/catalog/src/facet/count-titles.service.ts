import { Injectable } from '@nestjs/common';
import { currentContext, ReadCoalescer } from '@viernes/platform';
import { TitleSearchRepository, type MatchedIds } from '../search/title-search.repository.js';
import type { TitleFilter } from '../title/title.js';
import type { TitleCounts } from './facet-table.js';
import { FacetTableRepository } from './facet-table.repository.js';
import { FacetTables } from './facet-tables.js';

/** The matches of a query that are counted. Listing more of them would take longer than the search. */
export const MAX_MATCHES = 2_000;

const NO_QUERY: Partial<MatchedIds> = {};

export interface CountedTitles extends TitleCounts {
  /** The query has more matches than the facets count. */
  readonly isLowerBound: boolean;
  /** The query and the filter have more matches than the total counts. */
  readonly isTotalLowerBound: boolean;
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

  private async count(query: string, complete: TitleFilter): Promise<CountedTitles> {
    const { personId, role, ...filter } = complete;
    const table = await this.tables.get();
    const { all, filtered } = query === '' ? NO_QUERY : await this.search.listIds(query, complete, MAX_MATCHES);
    // The facets that ignore a condition count other matches, too.
    const matches = all && filtered ? [...new Set([...filtered, ...all])] : all;
    const ofPerson = personId === undefined ? undefined : await this.repository.listTitlesOfPerson(personId, role);
    const ids =
      matches && ofPerson ? matches.filter((id) => ofPerson.has(id)) : (matches ?? (ofPerson && [...ofPerson]));
    return {
      ...table.count(filter, new Date(), ids, currentContext().maximumAge),
      isLowerBound: filtered !== undefined,
      isTotalLowerBound: filtered?.length === MAX_MATCHES,
    };
  }
}
