import { startTransition, useEffect, useState } from 'react';

/** After the first complete rendering, a return to the page renders everything, so that its scroll position exists. */
let hasCompleted = false;

/**
 * Returns how many of the items to render: `initial` when the app opens, and one more whenever the browser is idle, in a
 * transition that input interrupts. The first paint does not wait for content below the fold.
 */
export function useGradualCount(total: number, initial: number): number {
  const [count, setCount] = useState(hasCompleted ? Infinity : initial);
  useEffect(() => {
    if (count < total) return whenIdle(() => startTransition(() => setCount(count + 1)));
    hasCompleted = true;
    return undefined;
  }, [count, total]);
  return Math.min(count, total);
}

/** @returns a function that cancels the work */
function whenIdle(work: () => void): () => void {
  // Not available in Safari.
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(work, 1);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(work, { timeout: 500 });
  return () => cancelIdleCallback(handle);
}
