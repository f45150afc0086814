import { useEffect, useId, useRef, useState } from 'react';
import { SearchIcon } from '../ui/icons.js';
import './search-box.css';

/** Long enough to finish a word, short enough for results while typing. */
const DEBOUNCE_MS = 250;

export interface SearchBoxProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** A search field that reports the query when typing pauses, and shows a query that changes elsewhere (back button). */
export function SearchBox({ query, onQuery }: SearchBoxProps) {
  const id = useId();
  const [text, setText] = useState(query);
  const reported = useRef(query);
  const report = useRef(onQuery);
  report.current = onQuery;

  useEffect(() => {
    if (query === reported.current) return;
    reported.current = query;
    setText(query);
  }, [query]);

  useEffect(() => {
    const next = text.trim();
    if (next === reported.current) return;
    const timer = setTimeout(() => {
      reported.current = next;
      report.current(next);
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className="search-box">
      <label className="visually-hidden" htmlFor={id}>
        Search titles
      </label>
      <SearchIcon />
      <input
        id={id}
        type="text"
        value={text}
        placeholder="Search titles"
        autoComplete="off"
        enterKeyHint="search"
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
