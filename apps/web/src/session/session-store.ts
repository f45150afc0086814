import type { Session } from '../api/types.js';

export type SessionState =
  | { readonly status: 'unknown' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly session: Session };

type Listener = () => void;

/** Whether this browser has signed in before: a stranger's first visit then asks for no refresh it cannot get. */
const HINT_KEY = 'viernes.signed-in';

let state: SessionState = { status: 'unknown' };
const listeners = new Set<Listener>();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('viernes.session');

function apply(next: SessionState): void {
  state = next;
  if (next.status === 'signed-in') localStorage.setItem(HINT_KEY, '1');
  if (next.status === 'signed-out') localStorage.removeItem(HINT_KEY);
  for (const listener of listeners) listener();
}

channel?.addEventListener('message', (event: MessageEvent<SessionState>) => apply(event.data));

/** The session of this tab. The access token lives here, in memory, and nowhere else. */
export const sessionStore = {
  get: (): SessionState => state,
  hasHint: (): boolean => localStorage.getItem(HINT_KEY) !== null,
  /** Sets it here and in every other tab of this browser. */
  set(next: SessionState): void {
    apply(next);
    channel?.postMessage(next);
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
