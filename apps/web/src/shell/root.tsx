import { Outlet, ScrollRestoration } from 'react-router';
import { useSessionUpkeep } from '../session/use-session.js';

/** What every screen lives in. */
export function Root() {
  useSessionUpkeep();
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  );
}
