import { Outlet, ScrollRestoration } from 'react-router';
import { useSessionUpkeep } from '../session/use-session.js';

/** What every screen lives in. */
export function Root() {
  useSessionUpkeep();
  return (
    <>
      <Outlet />
      {/* A page that was loaded afresh has the key "default", whatever its address. */}
      <ScrollRestoration getKey={({ key, pathname }) => `${key} ${pathname}`} />
    </>
  );
}
