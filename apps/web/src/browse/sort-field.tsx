import type { TitleFilter } from '../title/titles.js';
import { SORTS } from './title-filter.js';

const NAMES: Readonly<Record<(typeof SORTS)[number], string>> = {
  newest: 'Newest',
  name: 'Name',
  popularity: 'Popularity',
  score: 'Score',
};

export interface SortFieldProps {
  readonly filter: TitleFilter;
  readonly onChange: (change: TitleFilter) => void;
}

/** The sort order. A search has only one: best match first. */
export function SortField({ filter, onChange }: SortFieldProps) {
  const isSearch = filter.query !== undefined;
  return (
    <label className="sort-field">
      <span>Sort by</span>
      <select
        disabled={isSearch}
        value={isSearch ? '' : (filter.sort ?? 'newest')}
        onChange={({ target }) => onChange({ sort: SORTS.find((sort) => sort === target.value) })}
      >
        {isSearch ? <option value="">Best match</option> : null}
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {NAMES[sort]}
          </option>
        ))}
      </select>
    </label>
  );
}
