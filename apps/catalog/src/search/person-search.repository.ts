import { Injectable } from '@nestjs/common';
import { Reads, type ReadStatement } from '@viernes/database';
import { currentContext } from '@viernes/platform';
import { isShort, toWords } from './search-query.js';
import type { MatchQuery } from './title-match.statement.js';

export interface PersonMatch {
  readonly id: string;
  readonly name: string;
}

/** Titles whose people are read. */
const TITLES = 8;

/** The most prominent titles, then the first ones that the index finds. More take too long while the user types. */
const [PROMINENT, OTHERS] = [2_000, 1_500];

// The words of the people of a title include those of its name.
const IS_MATCH = `people_words @@ $1::tsquery AND NOT name_words @@ $1::tsquery
  AND (availability IS NULL OR is_available(availability))
  AND ($2::smallint IS NULL OR minimum_age <= $2)`;

// Raw SQL: the query builder has neither full-text functions nor MATERIALIZED, which fixes the order of the steps.
const LIST_PEOPLE: ReadStatement = {
  name: 'search-people',
  text: `WITH prominent AS MATERIALIZED (
      SELECT prominence, title_id
      FROM (SELECT * FROM title_search ORDER BY prominence DESC, title_id DESC LIMIT ${PROMINENT}) s
      WHERE ${IS_MATCH} ORDER BY prominence DESC, title_id DESC LIMIT ${TITLES}),
    others AS MATERIALIZED (
      SELECT prominence, title_id FROM (
        SELECT * FROM title_search
        WHERE people_words @@ $1::tsquery AND NOT $3 AND (SELECT count(*) FROM prominent) < ${TITLES}
        LIMIT ${OTHERS}) s
      WHERE ${IS_MATCH})
    SELECT n.id, n.name, fold_text(n.name) AS folded
    FROM (SELECT * FROM prominent UNION SELECT * FROM others ORDER BY prominence DESC, title_id DESC LIMIT ${TITLES}) m
    JOIN credit c ON c.title_id = m.title_id JOIN person n ON n.id = c.person_id
    GROUP BY n.id ORDER BY max(m.prominence) DESC, min(c.position), n.id`,
};

/** The search of people, by the titles that credit them. */
@Injectable()
export class PersonSearchRepository {
  constructor(private readonly reads: Reads) {}

  /**
   * Lists people whose names contain all words, those of prominent titles first. The last word can be incomplete. If
   * many titles match, people of less prominent ones can be missing.
   */
  async list(query: MatchQuery): Promise<PersonMatch[]> {
    if (query.words.length === 0) return [];
    const values = [query.strict, currentContext().maximumAge ?? null, isShort(query.words.flat())];
    const people = await this.reads.run<PersonMatch & { readonly folded: string }>(LIST_PEOPLE, values);
    // A title also matches by the names of several people.
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
