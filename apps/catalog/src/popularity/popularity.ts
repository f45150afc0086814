/** After this long a view counts half. */
export const HALF_LIFE_MS = 7 * 24 * 3_600_000;

/**
 * The heat of one view: the moment it began, counted in half-lives. A title's heat is log2 of the sum of 2^heat over its
 * views, so that each view weighs half of one a half-life later. Two titles compare the same way at any later moment:
 * nothing has to be aged, an index on heat stays right, and views may arrive in any order.
 *
 * @see Cormode, Shkapenyuk, Srivastava, Xu: "Forward Decay", ICDE 2009
 */
export function viewHeat(startedAt: Date): number {
  return startedAt.getTime() / HALF_LIFE_MS;
}
