import { type ReactNode, useId } from 'react';
import { FilterCount } from './option-group.js';

interface Choice<Value> {
  /** Undefined does not filter. */
  readonly value: Value | undefined;
  readonly label: string;
  /** Number of titles with this value, if it is known. */
  readonly count?: number | undefined;
}

export interface ChoiceGroupProps<Value> {
  readonly name: string;
  readonly choices: readonly Choice<Value>[];
  readonly selected: Value | undefined;
  readonly onSelect: (value: Value | undefined) => void;
  /** Further fields of the group. */
  readonly children?: ReactNode;
}

/** A group of radio buttons. */
export function ChoiceGroup<Value extends string | number>({
  name,
  choices,
  selected,
  onSelect,
  children,
}: ChoiceGroupProps<Value>) {
  const id = useId();
  return (
    <fieldset className="filter-group">
      <legend>{name}</legend>
      {choices.map(({ value, label, count }) => (
        <label key={value ?? ''} className="filter-option">
          <input type="radio" name={id} checked={selected === value} onChange={() => onSelect(value)} />
          <span>{label}</span>
          <FilterCount count={count} />
        </label>
      ))}
      {children}
    </fieldset>
  );
}
