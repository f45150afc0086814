import { Injectable } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { PersonSearchRepository } from './person-search.repository.js';
import { TitleSearchRepository } from './title-search.repository.js';

export interface Suggestion {
  readonly name: string;
  readonly titleId?: string | undefined;
  readonly personId?: string | undefined;
}

const LIMIT = 8;
/** So that people are suggested for a query that matches many titles. */
const PEOPLE_LIMIT = 3;

@Injectable()
export class SuggestTitles {
  constructor(
    private readonly search: TitleSearchRepository,
    private readonly peopleSearch: PersonSearchRepository,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /** Lists names of titles, then of people, that contain all words. The last word can be incomplete. */
  async run(query: string): Promise<Suggestion[]> {
    return this.coalescer.run('suggestion', query, () => this.suggest(query));
  }

  private async suggest(text: string): Promise<Suggestion[]> {
    const query = await this.search.parse(text);
    const [titles, people] = await Promise.all([
      this.search.listExact('name_words', query, {}, undefined, LIMIT),
      this.peopleSearch.list(query),
    ]);
    const names = new Map(titles.map(({ title }) => [title.name, { name: title.name, titleId: title.id }]));
    const suggestedPeople = people
      .slice(0, Math.max(PEOPLE_LIMIT, LIMIT - names.size))
      .map(({ id, name }) => ({ name, personId: id }));
    return [...[...names.values()].slice(0, LIMIT - suggestedPeople.length), ...suggestedPeople];
  }
}
