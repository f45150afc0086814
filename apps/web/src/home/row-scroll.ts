import { useCallback, useEffect, useRef, useState } from 'react';

/** Where a sideways list stands, and a way to turn it by most of a page. */
export function useRowScroll(size: number) {
  const list = useRef<HTMLUListElement>(null);
  const [ends, setEnds] = useState({ canGoBack: false, canGoOn: false });

  useEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = (): void => {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const next = { canGoBack: scrollLeft > 4, canGoOn: scrollLeft + clientWidth < scrollWidth - 4 };
      setEnds((now) => (now.canGoBack === next.canGoBack && now.canGoOn === next.canGoOn ? now : next));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [size]);

  const go = useCallback((direction: 1 | -1) => {
    const element = list.current;
    // scroll-behavior in the style sheet decides whether it glides, so that reduced motion is respected.
    element?.scrollBy({ left: direction * element.clientWidth * 0.85 });
  }, []);

  return { list, ...ends, go };
}
