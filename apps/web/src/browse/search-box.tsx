import { useEffect, useId, useRef, useState } from 'react';
import { SearchIcon } from '../shell/icons.js';

/** Long enough to finish a word, short enough to feel live. */
const DEBOUNCE_MS = 250;

export interface SearchBoxProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly label?: string;
}

/** A search field that speaks when the typing pauses, and follows a query that changes elsewhere (the back button). */
export function SearchBox({ query, onQuery, label = 'Search titles' }: SearchBoxProps) {
  const id = useId();
  const [text, setText] = useState(query);
  const said = useRef(query);
  const speak = useRef(onQuery);
  speak.current = onQuery;

  useEffect(() => {
    if (query === said.current) return;
    said.current = query;
    setText(query);
  }, [query]);

  useEffect(() => {
    const next = text.trim();
    if (next === said.current) return;
    const timer = setTimeout(() => {
      said.current = next;
      speak.current(next);
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className="search-box">
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <SearchIcon />
      <input
        id={id}
        type="text"
        value={text}
        placeholder={label}
        autoComplete="off"
        enterKeyHint="search"
        maxLength={100}
        onChange={(event) => setText(event.target.value)}
      />
    </div>
  );
}
