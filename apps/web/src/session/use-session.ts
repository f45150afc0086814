import { useEffect, useSyncExternalStore } from 'react';
import { refreshDelayMs } from './expiry.js';
import { refreshSession } from './refresh-session.js';
import { type SessionState, sessionStore } from './session-store.js';

const RETRY_MS = 3_000;

export function useSession(): SessionState {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
}

export function useIsEditor(): boolean {
  const state = useSession();
  return state.status === 'signed-in' && state.session.account.role === 'editor';
}

/** The first profile of the account, which the app uses for playback. */
export function useProfileId(): string | undefined {
  const state = useSession();
  return state.status === 'signed-in' ? state.session.profiles[0]?.id : undefined;
}

/** Restores the session when the app opens and renews it before it expires. Mounted once, at the root. */
export function useSessionRenewal(): void {
  const state = useSession();

  useEffect(() => {
    if (state.status !== 'unknown') return;
    if (!sessionStore.hasHint()) return sessionStore.set({ status: 'signed-out' });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const restore = (): void => {
      refreshSession().catch(() => {
        // The edge did not reject the session, it could not be reached.
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
        refreshSession(session.accessToken).catch(() => undefined);
      },
      refreshDelayMs(session, Date.now()),
    );
    return () => clearTimeout(timer);
  }, [state]);
}
