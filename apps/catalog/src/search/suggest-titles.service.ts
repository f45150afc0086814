import { Injectable } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { PersonSearchRepository } from './person-search.repository.js';
import type { MatchQuery } from './title-match.statement.js';
import { TitleSearchRepository } from './title-search.repository.js';

export interface Suggestion {
  readonly name: string;
  readonly titleId?: string | undefined;
  readonly personId?: string | undefined;
  /** Undefined for a person. */
  readonly releaseYear?: number | undefined;
}

const LIMIT = 8;
/** Reserved for people if a query matches many titles. */
const PEOPLE_LIMIT = 3;

@Injectable()
export class SuggestTitles {
  constructor(
    private readonly search: TitleSearchRepository,
    private readonly peopleSearch: PersonSearchRepository,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /**
   * Lists names of titles, then of people, that contain all words. The last word can be incomplete. If there are none, lists
   * names with similar words.
   */
  async run(query: string): Promise<Suggestion[]> {
    return this.coalescer.run('suggestion', query, () => this.suggest(query));
  }

  private async suggest(text: string): Promise<Suggestion[]> {
    const query = await this.search.parse(text);
    const suggestions = await this.list(query);
    if (suggestions.length > 0) return suggestions;
    const similar = await this.search.findSimilarQuery(query);
    return similar ? this.list(similar) : [];
  }

  private async list(query: MatchQuery): Promise<Suggestion[]> {
    const [titles, people] = await Promise.all([
      this.search.listExact('names', query, {}, undefined, LIMIT),
      this.peopleSearch.list(query),
    ]);
    const suggestedTitles = titles.map(({ title: { id, name, releaseYear } }) => ({ name, titleId: id, releaseYear }));
    const suggestedPeople = people
      .slice(0, Math.max(PEOPLE_LIMIT, LIMIT - suggestedTitles.length))
      .map(({ id, name }) => ({ name, personId: id }));
    return [...suggestedTitles.slice(0, LIMIT - suggestedPeople.length), ...suggestedPeople];
  }
}
