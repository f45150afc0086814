import { t } from 'i18next';
import { useId } from 'react';
import { SearchIcon } from '../ui/icons.js';
import { type SearchTextOptions, useSearchText } from './use-search-text.js';
import './search-box.css';

/** A search field that reports the query when typing pauses. */
export function SearchBox(options: SearchTextOptions) {
  const id = useId();
  const { text, setText } = useSearchText(options);
  return (
    <div className="search-box">
      <label className="visually-hidden" htmlFor={id}>
        {t('search.label')}
      </label>
      <SearchIcon />
      <input
        id={id}
        type="text"
        value={text}
        placeholder={t('search.label')}
        autoComplete="off"
        enterKeyHint="search"
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
