import type { Schema } from '@viernes/api-client';

export type SessionState =
  | { readonly status: 'unknown' }
  | { readonly status: 'signed-out' }
  | { readonly status: 'signed-in'; readonly session: Schema<'Session'> };

type Listener = () => void;

/** Records that this browser was signed in. Without it, the first visit sends no refresh request that must fail. */
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

/** The session of this tab. The access token is stored only in memory. */
export const sessionStore = {
  get: (): SessionState => state,
  hasHint: (): boolean => localStorage.getItem(HINT_KEY) !== null,
  /** Sets the state in this and every other tab of this browser. */
  set(next: SessionState): void {
    apply(next);
    channel?.postMessage(next);
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
