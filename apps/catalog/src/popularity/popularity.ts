/** A view counts half as much as one that started this much later. */
export const HALF_LIFE_MS = 7 * 24 * 3_600_000;

/**
 * Returns the score of one view: its start time, counted in half-lives. The score of a title is log2 of the sum of
 * 2^viewScore over its views. Scores are comparable at any time without aging stored values, so an index on them stays
 * correct, and views can arrive in any order.
 *
 * @see Cormode, Shkapenyuk, Srivastava, Xu: "Forward Decay", ICDE 2009
 */
export function viewScore(startedAt: Date): number {
  return startedAt.getTime() / HALF_LIFE_MS;
}
