import type { ReadStatement } from '@viernes/database';

/** Two errors in five letters still identify a word. Shorter words would match too many others. */
const MAX_DISTANCE = 'CASE WHEN length(typed.word) < 5 THEN 1 ELSE 2 END';

/**
 * Lists the words of names and people that are similar to typed words. Reads only words with the same first letter or
 * similar trigrams, and those with an error in the first letter, because short words have too few trigrams. The last
 * word can be the beginning of a longer one. Two swapped neighbors count as one error, and so does a missing space: a
 * word is split at each position, and both halves are looked up.
 *
 * Raw SQL: the query builder has neither LATERAL nor functions in FROM.
 */
export const LIST_SIMILAR_WORDS: ReadStatement = {
  name: 'search-similar-words',
  text: `SELECT typed.word AS typed, found.word, found.distance
    FROM unnest($1::text[]) WITH ORDINALITY AS typed(word, number)
    CROSS JOIN LATERAL (
      SELECT ARRAY(
        SELECT overlay(typed.word PLACING reverse(substr(typed.word, n, 2)) FROM n FOR 2)
        FROM generate_series(1, length(typed.word) - 1) n) AS words) swapped
    CROSS JOIN LATERAL (
      SELECT swapped.words || substr(typed.word, 2) || ARRAY(
        SELECT chr(letter) || rest FROM generate_series(ascii('a'), ascii('z')) letter,
          unnest(ARRAY[typed.word, substr(typed.word, 2)]) rest) AS words) initial
    CROSS JOIN LATERAL (
      SELECT word, distance FROM (
        SELECT candidate.word, CASE WHEN candidate.text = ANY (swapped.words) THEN 1
          ELSE levenshtein_less_equal(candidate.text, typed.word, ${MAX_DISTANCE}) END AS distance
        FROM (
          SELECT w.word, CASE WHEN typed.number = cardinality($1::text[]) AND length(w.word) > length(typed.word) + 1
            THEN left(w.word, length(typed.word)) ELSE w.word END AS text
          FROM title_word w
          -- The trigrams are last, because comparing them costs most.
          WHERE (left(w.word, 1) = left(typed.word, 1) AND length(w.word) >= length(typed.word) - 2)
            OR w.word = ANY (initial.words) OR w.word % typed.word OFFSET 0) candidate
        OFFSET 0) compared
      WHERE distance <= ${MAX_DISTANCE} AND word <> typed.word
      ORDER BY distance, similarity(word, typed.word) DESC, word LIMIT 5) found
    WHERE length(typed.word) > 2
    UNION ALL SELECT typed, words, 1 FROM (
      SELECT typed.word AS typed, (SELECT w.word FROM title_word w WHERE w.word = left(typed.word, n)) || ' '
        || (SELECT w.word FROM title_word w WHERE w.word = substr(typed.word, n + 1)) AS words
      FROM unnest($1::text[]) AS typed(word), generate_series(2, length(typed.word) - 2) n OFFSET 0) split
    WHERE words IS NOT NULL`,
};
