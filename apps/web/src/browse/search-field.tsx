import { queryLimits } from '@viernes/api-client';
import { t } from 'i18next';
import type { InputHTMLAttributes, ReactNode } from 'react';
import { SearchIcon } from '../ui/icons.js';
import './search-box.css';

export interface SearchFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  readonly id: string;
  /** Elements below the field. */
  readonly children?: ReactNode;
}

/** A text field for queries with its label and icon. */
export function SearchField({ id, children, ...input }: SearchFieldProps) {
  return (
    <div className="search-box">
      <label className="visually-hidden" htmlFor={id}>
        {t('search.label')}
      </label>
      <SearchIcon />
      <input
        id={id}
        type="text"
        autoComplete="off"
        enterKeyHint="search"
        maxLength={queryLimits.listTitles.query.maxLength}
        {...input}
      />
      {children}
    </div>
  );
}
