import { useEffect, useRef, useState } from 'react';

/** Long enough to finish a word, short enough for results while typing. */
const DEBOUNCE_MS = 250;

export interface SearchTextOptions {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/**
 * The text of a search field. Reports it as the query when typing pauses, and follows a query that changes elsewhere, for
 * example by the back button.
 */
export function useSearchText({ query, onQuery }: SearchTextOptions) {
  const [text, setText] = useState(query);
  const reported = useRef(query);
  const latest = useRef(onQuery);
  latest.current = onQuery;

  const report = (): void => {
    const next = text.trim();
    if (next === reported.current) return;
    reported.current = next;
    latest.current(next);
  };

  useEffect(() => {
    if (query === reported.current) return;
    reported.current = query;
    setText(query);
  }, [query]);

  useEffect(() => {
    const timer = setTimeout(report, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return { text, setText, report };
}
