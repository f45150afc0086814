import { useEffect } from 'react';
import { useLocation } from 'react-router';

/** The path whose page was announced last. The browser itself announces the first page. */
let announcedPath = location.pathname;

/**
 * Sets the title of the document. After a navigation, it also moves the focus to the heading of the new page and announces
 * the title, as a browser does when it loads a page.
 *
 * @param name undefined while the page loads
 */
export function usePageTitle(name: string | undefined): void {
  const { pathname } = useLocation();
  useEffect(() => {
    document.title = name === undefined ? 'Viernes' : `${name} · Viernes`;
    if (name === undefined || pathname === announcedPath) return;
    announcedPath = pathname;
    focusHeading();
    const announcement = document.getElementById('page-announcement');
    if (announcement) announcement.textContent = document.title;
  }, [name, pathname]);
}

/** Moves the focus to the heading of the page, unless the page has already focused an element. */
function focusHeading(): void {
  const main = document.querySelector('main');
  const { activeElement } = document;
  if (main === null || (main !== activeElement && main.contains(activeElement))) return;
  const target = main.querySelector('h1') ?? main;
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
}
