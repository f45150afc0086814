import { t } from 'i18next';
import { useEffect, useState } from 'react';

export interface RangeGroupProps {
  readonly name: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
  readonly max: number;
  readonly onFrom: (value: number | undefined) => void;
  readonly onTo: (value: number | undefined) => void;
}

/** Two numbers that limit a range. Each is optional. */
export function RangeGroup({ name, from, to, max, onFrom, onTo }: RangeGroupProps) {
  return (
    <fieldset className="filter-group">
      <legend>{name}</legend>
      <div className="filter-range">
        <NumberField label={t('browse.from')} value={from} max={max} onValue={onFrom} />
        <NumberField label={t('browse.to')} value={to} max={max} onValue={onTo} />
      </div>
    </fieldset>
  );
}

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly max: number;
  readonly onValue: (value: number | undefined) => void;
}

/** Reports its value when the user leaves the field or presses Enter, because an incomplete year matches no titles. */
function NumberField({ label, value, max, onValue }: NumberFieldProps) {
  const [text, setText] = useState('');
  useEffect(() => setText(value === undefined ? '' : String(value)), [value]);
  const report = (): void => {
    const number = /^\d+$/.test(text) ? Number(text) : 0;
    const next = number >= 1 && number <= max ? number : undefined;
    if (next === value) setText(value === undefined ? '' : String(value));
    else onValue(next);
  };
  return (
    <label className="filter-number">
      <span>{label}</span>
      <input
        className="control"
        type="text"
        inputMode="numeric"
        autoComplete="off"
        maxLength={6}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={report}
        onKeyDown={({ key }) => {
          if (key === 'Enter') report();
        }}
      />
    </label>
  );
}
