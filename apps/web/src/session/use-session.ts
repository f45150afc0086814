import { useEffect, useSyncExternalStore } from 'react';
import { refreshDelayMs } from './expiry.js';
import { refreshSession } from './refresh-session.js';
import { type SessionState, sessionStore } from './session-store.js';

const RETRY_MS = 3_000;

export function useSession(): SessionState {
  return useSyncExternalStore(sessionStore.subscribe, sessionStore.get);
}

/** The profile that watches: the account's first one. */
export function useProfileId(): string | undefined {
  const state = useSession();
  return state.status === 'signed-in' ? state.session.profiles[0]?.id : undefined;
}

/** Mounted once, at the root: finds the session at load and renews it before it ends. */
export function useSessionUpkeep(): void {
  const state = useSession();

  useEffect(() => {
    if (state.status !== 'unknown') return;
    if (!sessionStore.hasHint()) return sessionStore.set({ status: 'signed-out' });
    const attempt = (): void => {
      refreshSession().catch(() => {
        // Away, not refused: who was signed in still is, so ask again until there is an answer.
        timer = setTimeout(attempt, RETRY_MS);
      });
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    attempt();
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
