import { startTransition, useEffect, useRef, useState } from 'react';

type Listener = () => void;

const listeners = new WeakMap<Element, Listener>();
/** One observer for all elements of a page. */
const observer =
  typeof IntersectionObserver === 'undefined'
    ? undefined
    : new IntersectionObserver(
        (entries) => {
          startTransition(() => {
            for (const { target, isIntersecting } of entries) if (isIntersecting) listeners.get(target)?.();
          });
        },
        // A scrolling row clips its posters, and rootMargin does not extend the row.
        { rootMargin: '50% 30%', scrollMargin: '0px 30%' },
      );

/** Whether the element has been in or near the viewport, in any direction. Stays true from then on. */
export function useIsNear<Kind extends Element>() {
  const element = useRef<Kind>(null);
  const [isNear, setNear] = useState(observer === undefined);

  useEffect(() => {
    const observed = element.current;
    if (isNear || !observed || !observer) return;
    listeners.set(observed, () => setNear(true));
    observer.observe(observed);
    return () => {
      observer.unobserve(observed);
      listeners.delete(observed);
    };
  }, [isNear]);

  return { element, isNear };
}
