import { useCallback, useRef } from 'react';

/** A ref for the end of a list: `onSight` is called when it comes near the screen. */
export function useMoreOnSight(onSight: () => void): (element: HTMLElement | null) => (() => void) | undefined {
  const latest = useRef(onSight);
  latest.current = onSight;
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
