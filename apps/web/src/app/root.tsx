import { Outlet, ScrollRestoration } from 'react-router';
import { useSessionRenewal } from '../session/use-session.js';

/** Wraps every page. */
export function Root() {
  useSessionRenewal();
  return (
    <>
      <Outlet />
      {/* After a reload, every location has the key "default", so the path is part of the key. */}
      <ScrollRestoration getKey={({ key, pathname }) => `${key} ${pathname}`} />
    </>
  );
}
