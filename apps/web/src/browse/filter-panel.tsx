import type { Schema } from '@viernes/api-client';
import { t } from 'i18next';
import { toCountryName, toLanguageName } from '../language/format.js';
import { toGenreName } from '../title/genre-name.js';
import type { TitleFilter } from '../title/titles.js';
import { describeAge } from './active-filters.js';
import { FilterCount, OptionGroup } from './option-group.js';
import { RangeGroup } from './range-group.js';

export interface FilterPanelProps {
  readonly id: string;
  readonly filter: TitleFilter;
  /** Undefined while they load, and if they are unavailable. */
  readonly facets: Schema<'TitleFacets'>['facets'] | undefined;
  readonly onChange: (change: TitleFilter) => void;
}

const AGES = [0, 7, 10, 13, 16, 18];
const KINDS = [
  ['browse.allTitles', undefined],
  ['browse.films', 'film'],
  ['browse.series', 'series'],
] as const;

/** The fields of a filter. Each change applies immediately. */
export function FilterPanel({ id, filter, facets, onChange }: FilterPanelProps) {
  return (
    <form
      id={id}
      className="filter-panel"
      aria-label={t('browse.filters')}
      onSubmit={(event) => event.preventDefault()}
    >
      <fieldset className="filter-group">
        <legend>{t('browse.kind')}</legend>
        {KINDS.map(([name, kind]) => (
          <label key={name} className="filter-option">
            <input type="radio" name="kind" checked={filter.kind === kind} onChange={() => onChange({ kind })} />
            <span>{t(name)}</span>
            <FilterCount count={kind && countOf(facets?.kind, kind)} />
          </label>
        ))}
        <label className="filter-option">
          <input
            type="checkbox"
            checked={filter.playable === 'true'}
            onChange={({ target }) => onChange({ playable: target.checked ? 'true' : undefined })}
          />
          <span>{t('browse.playableOnly')}</span>
          <FilterCount count={countOf(facets?.playable, 'true')} />
        </label>
      </fieldset>
      <OptionGroup
        name={t('browse.genre')}
        options={facets?.genre ?? []}
        selected={filter.genre ?? []}
        toLabel={toGenreName}
        onSelect={(genre) => onChange({ genre })}
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
      <label className="filter-group filter-select">
        <span className="filter-legend">{t('browse.audience')}</span>
        <select
          className="control"
          value={filter.maximumAge ?? ''}
          onChange={({ target }) => onChange({ maximumAge: target.value === '' ? undefined : Number(target.value) })}
        >
          <option value="">{t('browse.anyAudience')}</option>
          {listAges(filter.maximumAge).map((age) => (
            <option key={age} value={age}>
              {describeAge(age)}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}

/** Lists the ages to select, with that of the URL. */
function listAges(selected: number | undefined): number[] {
  return [...new Set(selected === undefined ? AGES : [...AGES, selected])].sort((one, other) => one - other);
}

/** Returns the number of titles with a value, 0 if the facet does not contain it. Undefined without a facet. */
function countOf(facet: readonly Schema<'TitleFacetValue'>[] | undefined, value: string): number | undefined {
  return facet && (facet.find((each) => each.value === value)?.count ?? 0);
}
