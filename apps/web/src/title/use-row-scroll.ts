import { useCallback, useEffect, useRef, useState } from 'react';

/** Tracks whether a horizontal list can scroll to either side, and scrolls it by most of its width. */
export function useRowScroll(itemCount: number) {
  const list = useRef<HTMLUListElement>(null);
  const [ends, setEnds] = useState({ canScrollBack: false, canScrollForward: false });

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = (): void => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const canScrollBack = scrollLeft > 4;
      const canScrollForward = scrollLeft + clientWidth < scrollWidth - 4;
      setEnds((current) =>
        current.canScrollBack === canScrollBack && current.canScrollForward === canScrollForward
          ? current
          : { canScrollBack, canScrollForward },
      );
    };
    // The observer measures after the next layout. Measuring here would force a layout of rows that are not visible.
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [itemCount]);

  const scroll = useCallback((direction: 1 | -1) => {
    const element = list.current;
    // The style sheet sets scroll-behavior, which depends on the preference for reduced motion.
    element?.scrollBy({ left: direction * element.clientWidth * 0.85 });
  }, []);

  return { list, ...ends, scroll };
}
