import { t } from 'i18next';
import { useState } from 'react';
import { formatNumber } from '../language/format.js';

interface FilterOption {
  readonly value: string;
  /** Number of titles with this value, if it is known. */
  readonly count?: number;
}

export interface OptionGroupProps {
  readonly name: string;
  readonly options: readonly FilterOption[];
  readonly selected: readonly string[];
  /** Default: the value. */
  readonly toLabel?: (value: string) => string | undefined;
  readonly onSelect: (values: string[]) => void;
}

/** Number of options that are shown before the group is expanded. */
const FEW_OPTIONS = 7;

/** A group of checkboxes. Shows nothing if there are no options. */
export function OptionGroup({ name, options, selected, toLabel, onSelect }: OptionGroupProps) {
  const [isComplete, setComplete] = useState(false);
  const all = withSelected(options, selected);
  const shown = isComplete ? all : all.filter(({ value }, index) => index < FEW_OPTIONS || selected.includes(value));
  if (all.length === 0) return null;
  return (
    <fieldset className="filter-group">
      <legend>{name}</legend>
      {shown.map(({ value, count }) => (
        <label key={value} className="filter-option">
          <input
            type="checkbox"
            checked={selected.includes(value)}
            onChange={({ target }) =>
              onSelect(target.checked ? [...selected, value] : selected.filter((other) => other !== value))
            }
          />
          <span>{toLabel?.(value) ?? value}</span>
          <FilterCount count={count} />
        </label>
      ))}
      {all.length > FEW_OPTIONS ? (
        <button
          type="button"
          className="link-button filter-more"
          aria-expanded={isComplete}
          onClick={() => setComplete(!isComplete)}
        >
          {isComplete ? t('browse.showFewer') : t('browse.showAll', { count: all.length })}{' '}
          <span className="visually-hidden">{t('browse.ofGroup', { group: name })}</span>
        </button>
      ) : null}
    </fieldset>
  );
}

/** The number of titles with a value. */
export function FilterCount({ count }: { readonly count: number | undefined }) {
  if (count === undefined) return null;
  return (
    <span className="filter-count">
      <span aria-hidden="true">{formatNumber(count)}</span>
      <span className="visually-hidden">{t('common.titleCount', { count })}</span>
    </span>
  );
}

/** Appends selected values that are not among the options, such as those of a shared link. */
function withSelected(options: readonly FilterOption[], selected: readonly string[]): readonly FilterOption[] {
  const others = selected.filter((value) => !options.some((option) => option.value === value));
  return [...options, ...others.map((value) => ({ value }))];
}
