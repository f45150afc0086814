/**
 * Titles that match a query equally well are ordered by prominence, one number, so that an index has their order:
 * first by popularity (in steps, each twice the weighted views of the previous one), then by score, then the shorter name.
 */
const NAME_STEPS = 256;
const SCORE_STEPS = 101;
const POPULARITY_STEP = SCORE_STEPS * NAME_STEPS;

/** The maximum of an integer, 2^31 - 1, limits it. The popularity of a view grows by one per half-life, so this is far away. */
const MAX_POPULARITY = Math.floor((2 ** 31 - 1) / POPULARITY_STEP) - 1;

/** The popularity of a view score, as SQL. A step only changes if the views double or fade, so most views change no row. */
export function popularityStep(viewScore: string): string {
  return `least(greatest(floor(${viewScore}), 0), ${MAX_POPULARITY})::integer`;
}

/** The prominence of a title, as SQL. The score is 0 to 10 or null, the view score is null without views. */
export function prominence(columns: { viewScore: string; score: string; name: string }): string {
  const popularity = popularityStep(`coalesce(${columns.viewScore}, 0)`);
  return `(${popularity} * ${POPULARITY_STEP} + round(coalesce(${columns.score}, 0) * 10)::integer * ${NAME_STEPS}
    + ${NAME_STEPS - 1} - least(length(${columns.name}), ${NAME_STEPS - 1}))`;
}

/** Assigns another popularity to a stored prominence, as SQL: the other steps stay. */
export function withPopularity(stored: string, viewScore: string): { value: string; isDifferent: string } {
  const popularity = popularityStep(viewScore);
  return {
    value: `${popularity} * ${POPULARITY_STEP} + ${stored} % ${POPULARITY_STEP}`,
    isDifferent: `${stored} / ${POPULARITY_STEP} <> ${popularity}`,
  };
}
