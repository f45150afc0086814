import { useCallback, useRef } from 'react';

/** Returns a ref for the end of a list. Calls `loadMore` when the end comes near the viewport. */
export function useInfiniteScroll(loadMore: () => void): (element: HTMLElement | null) => (() => void) | undefined {
  const latest = useRef(loadMore);
  latest.current = loadMore;
  return useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current();
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
}
