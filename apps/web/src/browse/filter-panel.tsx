import { toCountryName, toLanguageName } from '../title/code-names.js';
import type { TitleFilter } from '../title/titles.js';
import { describeAge } from './active-filters.js';
import { type FilterOption, OptionGroup } from './option-group.js';
import { RangeGroup } from './range-group.js';

/** The values that a user can select. */
export interface FilterOptions {
  readonly genres: readonly FilterOption[];
  readonly countries: readonly FilterOption[];
  readonly languages: readonly FilterOption[];
}

export interface FilterPanelProps {
  readonly id: string;
  readonly filter: TitleFilter;
  readonly options: FilterOptions;
  readonly onChange: (change: TitleFilter) => void;
}

const AGES = [0, 7, 10, 13, 16, 18];
const KINDS = [
  ['All titles', undefined],
  ['Films', 'film'],
  ['Series', 'series'],
] as const;

/** The fields of a filter. Each change applies immediately. */
export function FilterPanel({ id, filter, options, onChange }: FilterPanelProps) {
  return (
    <form id={id} className="filter-panel" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      <fieldset className="filter-group">
        <legend>Kind</legend>
        {KINDS.map(([name, kind]) => (
          <label key={name} className="filter-option">
            <input type="radio" name="kind" checked={filter.kind === kind} onChange={() => onChange({ kind })} />
            <span>{name}</span>
          </label>
        ))}
        <label className="filter-option">
          <input
            type="checkbox"
            checked={filter.playable === 'true'}
            onChange={({ target }) => onChange({ playable: target.checked ? 'true' : undefined })}
          />
          <span>Playable only</span>
        </label>
      </fieldset>
      <OptionGroup
        name="Genre"
        options={options.genres}
        selected={filter.genre ?? []}
        onSelect={(genre) => onChange({ genre })}
      />
      <RangeGroup
        name="Year"
        from={filter.yearFrom}
        to={filter.yearTo}
        max={9_999}
        onFrom={(yearFrom) => onChange({ yearFrom })}
        onTo={(yearTo) => onChange({ yearTo })}
      />
      <OptionGroup
        name="Country"
        options={options.countries}
        selected={filter.country ?? []}
        toLabel={toCountryName}
        onSelect={(country) => onChange({ country: country as TitleFilter['country'] })}
      />
      <OptionGroup
        name="Language"
        options={options.languages}
        selected={filter.language ?? []}
        toLabel={toLanguageName}
        onSelect={(language) => onChange({ language })}
      />
      <RangeGroup
        name="Minutes"
        from={filter.runtimeFrom}
        to={filter.runtimeTo}
        max={100_000}
        onFrom={(runtimeFrom) => onChange({ runtimeFrom })}
        onTo={(runtimeTo) => onChange({ runtimeTo })}
      />
      <label className="filter-group filter-select">
        <span className="filter-legend">Audience</span>
        <select
          value={filter.maximumAge ?? ''}
          onChange={({ target }) => onChange({ maximumAge: target.value === '' ? undefined : Number(target.value) })}
        >
          <option value="">Any</option>
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
