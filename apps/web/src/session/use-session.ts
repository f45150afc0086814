import type { Schema } from '@viernes/api-client';
import { useEffect, useSyncExternalStore } from 'react';
import { refreshDelayMs } from './expiry.js';
import { refreshSession } from './refresh-session.js';
import { followProfileLanguage } from './profile-language.js';
import { type SessionState, findSelectedProfile, sessionStore } from './session-store.js';

const RETRY_MS = 3_000;

export function useSession(): SessionState {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
}

type Role = Schema<'Account'>['role'];

/** Each role includes the rights of those before it. */
export const ROLES: readonly Role[] = ['viewer', 'editor', 'admin'];

/** Whether the user has the rights of a role. */
export function useHasRole(role: Role): boolean {
  const state = useSession();
  // A profile with a maximum age acts as a viewer.
  const isLimited = useIsLimited();
  if (state.status !== 'signed-in') return false;
  return ROLES.indexOf(isLimited ? 'viewer' : state.session.account.role) >= ROLES.indexOf(role);
}

export const useIsEditor = (): boolean => useHasRole('editor');

/** The profile that the session acts for. */
export function useProfile(): Schema<'Profile'> | undefined {
  const state = useSession();
  return state.status === 'signed-in' ? findSelectedProfile(state.session) : undefined;
}

/** Whether the profile has a maximum age. Such a profile can manage neither the account nor its profiles. */
export const useIsLimited = (): boolean => typeof useProfile()?.maximumAge === 'number';

export function useProfileId(): string | undefined {
  return useProfile()?.id;
}

/** Whether the user must select a profile first. */
export function useIsWithoutProfile(): boolean {
  const state = useSession();
  return state.status === 'signed-in' && findSelectedProfile(state.session) === undefined;
}

/** Changes when another account or profile uses this tab. */
export function useViewerNumber(): number {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.getViewerNumber);
}

/** Restores the session when the app opens and renews it before it expires. Mounted once, at the root. */
export function useSessionRenewal(): void {
  const state = useSession();

  useEffect(() => {
    if (state.status !== 'unknown') return;
    if (!sessionStore.wasSignedIn()) return sessionStore.set({ status: 'signed-out' });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const restore = (): void => {
      refreshSession().then(followProfileLanguage, () => {
        // The edge could not be reached, so the session can still be valid.
        timer = setTimeout(restore, RETRY_MS);
      });
    };
    restore();
    return () => clearTimeout(timer);
  }, [state]);

  useEffect(() => {
    if (state.status !== 'signed-in') return;
    const { session } = state;
    const timer = setTimeout(
      () => {
        refreshSession(session).catch(() => undefined);
      },
      refreshDelayMs(session, Date.now()),
    );
    return () => clearTimeout(timer);
  }, [state]);
}
