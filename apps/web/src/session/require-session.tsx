import type { Schema } from '@viernes/api-client';
import { Navigate, Outlet, useLocation, useOutletContext } from 'react-router';
import { Loading } from '../ui/loading.js';
import { signedOutPath } from './return-path.js';
import { useSession } from './use-session.js';

/** Shows its pages to signed-in users only. Other users sign in first, and then return to the page. */
export function RequireSession() {
  const state = useSession();
  const { pathname, search } = useLocation();
  if (state.status === 'unknown') return <Loading />;
  if (state.status === 'signed-in') return <Outlet context={state.session} />;
  return <Navigate to={signedOutPath(pathname, search, state.isDeleted)} replace />;
}

/** Returns the session on a page inside RequireSession. */
export const useRequiredSession = (): Schema<'Session'> => useOutletContext();
