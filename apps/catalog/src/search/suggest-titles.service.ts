import { Injectable } from '@nestjs/common';
import { ReadCoalescer } from '@viernes/platform';
import { toWords } from './search-query.js';
import { TextFolding } from './text-folding.js';
import { TitleSearchRepository, type TitleMatch } from './title-search.repository.js';

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
    private readonly folding: TextFolding,
    private readonly coalescer: ReadCoalescer,
  ) {}

  /** Lists names of titles, then of people, that contain all words. The last word can be incomplete. */
  async run(query: string): Promise<Suggestion[]> {
    return this.coalescer.run('suggestion', query, () => this.suggest(query));
  }

  private async suggest(text: string): Promise<Suggestion[]> {
    const query = await this.search.parse(text);
    const [titles, credited] = await Promise.all([
      this.search.listExact('name_words', query, {}, undefined, LIMIT),
      this.search.listTier('people', query, {}, undefined, LIMIT),
    ]);
    const names = new Map(titles.map(({ title }) => [title.name, { name: title.name, titleId: title.id }]));
    const people = await this.selectPeople(credited, query.words.flat());
    const room = Math.max(PEOPLE_LIMIT, LIMIT - names.size);
    const suggestedPeople = people.slice(0, room);
    return [...[...names.values()].slice(0, LIMIT - suggestedPeople.length), ...suggestedPeople];
  }

  /** Selects the people whose own names contain all words. A title also matches by the names of several people. */
  private async selectPeople(matches: readonly TitleMatch[], typed: readonly string[]): Promise<Suggestion[]> {
    const people = new Map(matches.flatMap((match) => match.people.map(({ id, name }) => [id, name])));
    const folded = await this.folding.foldAll([...people.values()]);
    const isTyped = (name: string): boolean => {
      const words = toWords(folded.get(name) ?? '');
      return typed.every((word, index) =>
        words.some((each) => (index === typed.length - 1 ? each.startsWith(word) : each === word)),
      );
    };
    return [...people].filter(([, name]) => isTyped(name)).map(([personId, name]) => ({ name, personId }));
  }
}
