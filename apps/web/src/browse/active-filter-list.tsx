import { useQuery } from '@tanstack/react-query';
import { t } from 'i18next';
import { getPerson } from '../person/person-requests.js';
import type { TitleFilter } from '../title/titles.js';
import { CloseIcon } from '../ui/icons.js';
import { clearFilters, listActiveFilters } from './active-filters.js';

export interface ActiveFilterListProps {
  readonly filter: TitleFilter;
  readonly onFilter: (filter: TitleFilter) => void;
}

/** The values of the filter. A click removes one. */
export function ActiveFilterList({ filter, onFilter }: ActiveFilterListProps) {
  const { person = '' } = filter;
  const { data } = useQuery({
    queryKey: ['person', person],
    queryFn: ({ signal }) => getPerson(person, signal),
    enabled: person !== '',
  });
  const active = listActiveFilters(filter, data?.name);
  if (active.length === 0) return null;
  return (
    <ul className="active-filters" aria-label={t('browse.activeFilters')}>
      {active.map(({ label, rest }) => (
        <li key={label}>
          <button type="button" className="chip" onClick={() => onFilter(rest)}>
            <span className="visually-hidden">{t('browse.removeFilter')} </span>
            {label}
            <CloseIcon />
          </button>
        </li>
      ))}
      <li>
        <button type="button" className="link-button" onClick={() => onFilter(clearFilters(filter))}>
          {t('browse.clearFilters')}
        </button>
      </li>
    </ul>
  );
}
