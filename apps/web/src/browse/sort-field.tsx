import { t } from 'i18next';
import type { TitleFilter } from '../title/titles.js';
import { SORTS } from './title-filter.js';

export interface SortFieldProps {
  readonly filter: TitleFilter;
  readonly onChange: (change: TitleFilter) => void;
}

/** The sort order. A search has only one: best match first. */
export function SortField({ filter, onChange }: SortFieldProps) {
  const isSearch = filter.query !== undefined;
  return (
    <label className="sort-field">
      <span>{t('browse.sortBy')}</span>
      <select
        className="control"
        disabled={isSearch}
        value={isSearch ? '' : (filter.sort ?? 'newest')}
        onChange={({ target }) => onChange({ sort: SORTS.find((sort) => sort === target.value) })}
      >
        {isSearch ? <option value="">{t('browse.bestMatch')}</option> : null}
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {t(`browse.sorts.${sort}`)}
          </option>
        ))}
      </select>
    </label>
  );
}
