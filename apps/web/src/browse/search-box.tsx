import { t } from 'i18next';
import { useId } from 'react';
import { SearchField } from './search-field.js';
import { type SearchTextOptions, useSearchText } from './use-search-text.js';

/** A search field that reports the query when typing pauses. */
export function SearchBox(options: SearchTextOptions) {
  const id = useId();
  const { text, setText } = useSearchText(options);
  return (
    <SearchField
      id={id}
      value={text}
      placeholder={t('search.label')}
      onChange={({ target }) => setText(target.value)}
    />
  );
}
