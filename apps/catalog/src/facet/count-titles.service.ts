import { Injectable } from '@nestjs/common';
import { currentContext, ReadCoalescer } from '@viernes/platform';
import { TitleSearchRepository } from '../search/title-search.repository.js';
import { hasConditions, limitFilter } from '../title/title-filter.js';
import type { TitleFilter } from '../title/title.js';
import type { TitleCounts } from './facet-table.js';
import { FacetTableRepository } from './facet-table.repository.js';
import { FacetTables } from './facet-tables.js';

/** Maximum number of matches that are counted. Listing more of them would take longer than the search. */
export const MAX_MATCHES = 2_000;

export interface CountedFacets extends TitleCounts {
  /** Whether the query can have more matches than are counted. */
  readonly isLowerBound: boolean;
}

export interface CountedTotal {
  readonly total: number;
  /** Whether the query and the filter can have more matches than are counted. */
  readonly isLowerBound: boolean;
}

/** Counts the visible titles of a list. The counts lag a few seconds behind changes. */
@Injectable()
export class CountTitles {
  constructor(
    private readonly tables: FacetTables,
    private readonly repository: FacetTableRepository,
    private readonly search: TitleSearchRepository,
    private readonly coalescer: ReadCoalescer,
  ) {}

  async countTotal(query: string, filter: TitleFilter): Promise<CountedTotal> {
    return this.coalescer.run('total', JSON.stringify([query, filter]), async () => {
      const matches = query === '' ? undefined : await this.listMatches(query, filter);
      const { table, ids, conditions } = await this.select(filter, matches);
      return {
        total: table.countTotal(conditions, new Date(), ids, currentContext().maximumAge),
        isLowerBound: matches?.length === MAX_MATCHES,
      };
    });
  }

  /** Counts the titles, and those of each facet. */
  async countFacets(query: string, filter: TitleFilter): Promise<CountedFacets> {
    return this.coalescer.run('facets', JSON.stringify([query, filter]), async () => {
      const all = query === '' ? undefined : await this.listMatches(query, {});
      const isLowerBound = all?.length === MAX_MATCHES;
      // The first matches of the query can all fail the filter, although the list has titles. Therefore, the first matches
      // that meet the filter are also counted.
      const isRestricted = isLowerBound && hasConditions({ ...limitFilter(filter), isPlayableOnly: false });
      const matches = isRestricted ? [...new Set([...(await this.listMatches(query, filter)), ...all])] : all;
      const { table, ids, conditions } = await this.select(filter, matches);
      return { ...table.count(conditions, new Date(), ids, currentContext().maximumAge), isLowerBound };
    });
  }

  private async listMatches(query: string, filter: TitleFilter): Promise<string[]> {
    return this.search.listIds(await this.search.parse(query, filter), filter, MAX_MATCHES);
  }

  /** Returns the table, the IDs of the titles to count, or undefined for all, and the conditions that the table evaluates. */
  private async select({ personId, role, ...conditions }: TitleFilter, matches: readonly string[] | undefined) {
    const table = await this.tables.get();
    if (personId === undefined) return { table, ids: matches, conditions };
    const ofPerson = await this.repository.listTitlesOfPerson(personId, role);
    const ids = matches ? matches.filter((id) => ofPerson.has(id)) : [...ofPerson];
    return { table, ids, conditions };
  }
}
