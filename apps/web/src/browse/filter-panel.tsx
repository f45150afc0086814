import { enumValues, type Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toCountryName, toLanguageName } from '../language/format.js';
import { toGenreName } from '../title/genre-name.js';
import type { TitleFilter } from '../title/titles.js';
import { describeAge } from './active-filters.js';
import { ChoiceGroup } from './choice-group.js';
import { countOf, countUpToAge, listDecades, toDecade } from './facet-counts.js';
import { FilterCount, OptionGroup } from './option-group.js';
import { RangeGroup } from './range-group.js';

export interface FilterPanelProps {
  readonly id: string;
  readonly filter: TitleFilter;
  /** Undefined while they load, and if they are unavailable. */
  readonly facets: Schema<'TitleFacets'>['facets'] | undefined;
  readonly onChange: (change: TitleFilter) => void;
}

const KINDS = [
  ['browse.allTitles', undefined],
  ['browse.films', 'film'],
  ['browse.series', 'series'],
] as const;

/** The fields of a filter. Each change applies immediately. */
export function FilterPanel({ id, filter, facets, onChange }: FilterPanelProps) {
  const decade = toDecade(filter.yearFrom, filter.yearTo);
  return (
    <form
      id={id}
      className="filter-panel"
      aria-label={t('browse.filters')}
      onSubmit={(event) => event.preventDefault()}
    >
      <ChoiceGroup
        name={t('browse.kind')}
        choices={KINDS.map(([name, value]) => ({
          value,
          label: t(name),
          count: value && countOf(facets?.kind, value),
        }))}
        selected={filter.kind}
        onSelect={(kind) => onChange({ kind })}
      >
        <label className="filter-option">
          <input
            type="checkbox"
            checked={filter.playable === 'true'}
            onChange={({ target }) => onChange({ playable: target.checked ? 'true' : undefined })}
          />
          <span>{t('browse.playableOnly')}</span>
          <FilterCount count={countOf(facets?.playable, 'true')} />
        </label>
      </ChoiceGroup>
      <OptionGroup
        name={t('browse.genre')}
        options={facets?.genre ?? []}
        selected={filter.genre ?? []}
        toLabel={toGenreName}
        onSelect={(genre) => onChange({ genre })}
      />
      <ChoiceGroup
        name={t('browse.decade')}
        choices={[
          { value: undefined, label: t('browse.anyDecade') },
          ...listDecades(facets?.decade, decade).map((year) => ({
            value: year,
            label: t('browse.decadeFrom', { year }),
            count: countOf(facets?.decade, String(year)),
          })),
        ]}
        selected={decade}
        onSelect={(year) => onChange({ yearFrom: year, yearTo: year === undefined ? undefined : year + 9 })}
      />
      <RangeGroup
        name={t('browse.year')}
        from={filter.yearFrom}
        to={filter.yearTo}
        max={9_999}
        onFrom={(yearFrom) => onChange({ yearFrom })}
        onTo={(yearTo) => onChange({ yearTo })}
      />
      <OptionGroup
        name={t('browse.country')}
        options={facets?.country ?? []}
        selected={filter.country ?? []}
        toLabel={toCountryName}
        onSelect={(country) => onChange({ country: country as TitleFilter['country'] })}
      />
      <OptionGroup
        name={t('browse.language')}
        options={facets?.language ?? []}
        selected={filter.language ?? []}
        toLabel={toLanguageName}
        onSelect={(language) => onChange({ language })}
      />
      <RangeGroup
        name={t('browse.minutes')}
        from={filter.runtimeFrom}
        to={filter.runtimeTo}
        max={100_000}
        onFrom={(runtimeFrom) => onChange({ runtimeFrom })}
        onTo={(runtimeTo) => onChange({ runtimeTo })}
      />
      <ChoiceGroup
        name={t('browse.audience')}
        choices={[
          { value: undefined, label: t('browse.anyAudience') },
          ...listAges(filter.maximumAge).map((age) => ({
            value: age,
            label: describeAge(age),
            count: countUpToAge(facets?.maximumAge, age),
          })),
        ]}
        selected={filter.maximumAge}
        onSelect={(maximumAge) => onChange({ maximumAge })}
      />
    </form>
  );
}

/** Lists the ages to choose from, including the one in the URL. */
function listAges(selected: number | undefined): number[] {
  const ages: readonly number[] = enumValues.MinimumAge;
  return [...new Set(selected === undefined ? ages : [...ages, selected])].sort((one, other) => one - other);
}
