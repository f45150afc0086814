import { useEffect, useState } from 'react';

const DEBOUNCE_MS = 250;

/** Returns the latest value that has not changed for DEBOUNCE_MS. */
export function useDebounced<Value>(value: Value): Value {
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setDebounced(value), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return debounced;
}
