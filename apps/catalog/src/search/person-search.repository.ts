import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { currentContext } from '@viernes/platform';
import { toWords } from './search-query.js';
import type { MatchQuery } from './title-match.statement.js';

export interface PersonMatch {
  readonly id: string;
  readonly name: string;
}

/**
 * Up to this number of matching people are read with all their titles. If more people match, only the people of the most
 * prominent titles are read, unless too few of these titles match.
 */
const MAX_READ_PEOPLE = 100;

/** Number of prominent titles whose people are read. */
const TITLES = 8;
/** Number of the most prominent titles of the catalog among which these titles are searched. */
const WINDOW = 2_000;

const IS_VISIBLE =
  '(availability IS NULL OR is_available(availability)) AND ($2::smallint IS NULL OR minimum_age <= $2)';

// Raw SQL: the query builder has neither full-text functions nor MATERIALIZED, which fixes the order of the steps.
const LIST_PEOPLE: ReadStatement = {
  name: 'search-people',
  text: `WITH few AS MATERIALIZED (
      SELECT id FROM person WHERE to_words(fold_text(name)) @@ $1::tsquery LIMIT ${MAX_READ_PEOPLE + 1}),
    prominent AS MATERIALIZED (
      SELECT prominence, title_id
      FROM (SELECT * FROM title_search ORDER BY prominence DESC, title_id DESC LIMIT ${WINDOW}) s
      -- The words of the people of a title include those of its name.
      WHERE (SELECT count(*) FROM few) > ${MAX_READ_PEOPLE} AND people_words @@ $1::tsquery
        AND NOT name_words @@ $1::tsquery AND ${IS_VISIBLE}
      ORDER BY prominence DESC, title_id DESC LIMIT ${TITLES})
    SELECT n.id, n.name, fold_text(n.name) AS folded
    FROM (
      SELECT c.person_id, c.position, m.prominence FROM prominent m JOIN credit c ON c.title_id = m.title_id
      UNION ALL
      SELECT c.person_id, c.position, s.prominence
      FROM few JOIN credit c ON c.person_id = few.id JOIN title_search s ON s.title_id = c.title_id
      WHERE (SELECT count(*) FROM prominent) < ${TITLES} AND ${IS_VISIBLE}) m
    JOIN person n ON n.id = m.person_id
    GROUP BY n.id ORDER BY max(m.prominence) DESC, min(m.position), n.id`,
};

/** The search of people that titles credit. */
@Injectable()
export class PersonSearchRepository {
  constructor(private readonly reads: Reads) {}

  /**
   * Lists people whose names contain all words, those of prominent titles first. The last word can be incomplete. If
   * many people match, those of less prominent titles can be missing.
   */
  async list(query: MatchQuery): Promise<PersonMatch[]> {
    if (!query.hasOnlyKnownWords) return [];
    const values = [query.strict, currentContext().maximumAge ?? null];
    const people = await this.reads.run<PersonMatch & { readonly folded: string }>(LIST_PEOPLE, values);
    // A title also matches if the words are in the names of different people.
    return people
      .filter(({ folded }) => containsWords(toWords(folded), query.words))
      .map(({ id, name }) => ({ id, name }));
  }
}

/** @param wanted the alternatives of each word. The last word can be incomplete. */
function containsWords(words: readonly string[], wanted: MatchQuery['words']): boolean {
  const contains = (word: string, isLast: boolean): boolean =>
    words.some((each) => (isLast ? each.startsWith(word) : each === word));
  return wanted.every((alternatives, index) =>
    alternatives.some((words) => words.split(' ').every((word) => contains(word, index === wanted.length - 1))),
  );
}
