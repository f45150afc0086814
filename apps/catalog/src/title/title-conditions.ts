import type { TitleFilter } from './title.js';

/** A filter as SQL conditions on TITLE_TABLES; parameters are numbered from `$1`, and more may be pushed behind them. */
export function conditionsOf(filter: TitleFilter): { where: string[]; parameters: unknown[] } {
  const where: string[] = [];
  const parameters: unknown[] = [];
  const add = (condition: (place: string) => string, value: unknown): void => {
    parameters.push(value);
    where.push(condition(`$${parameters.length}`));
  };
  if (filter.kind) add((place) => `t.kind = ${place}`, filter.kind);
  if (filter.genre) add((place) => `t.genres @> array[${place}::text]`, filter.genre);
  if (filter.isPlayableOnly) where.push('p.title_id is not null');
  return { where, parameters };
}
