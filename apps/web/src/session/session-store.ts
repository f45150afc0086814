import type { Schema } from '@viernes/api-client';

export type SessionState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'signed-out';
      /** Whether the session ended because its account was deleted. */
      readonly isDeleted?: boolean;
    }
  | { readonly status: 'signed-in'; readonly session: Schema<'Session'> };

type Listener = () => void;

/** Set while this browser is signed in. Otherwise, the app sends no refresh request, because the request would fail. */
const SIGNED_IN_KEY = 'viernes.signed-in';

let state: SessionState = { status: 'unknown' };
/** Counts changes of the account, the profile, and its maximum age. */
let viewerNumber = 0;
const listeners = new Set<Listener>();
const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('viernes.session');

/** Returns the account, the profile, and its maximum age as text. Responses of the API depend on them. */
function viewerOf(next: SessionState): string {
  if (next.status !== 'signed-in') return next.status;
  const { session } = next;
  return [session.account.id, session.selectedProfileId, findSelectedProfile(session)?.maximumAge].join();
}

function apply(next: SessionState): void {
  if (state.status !== 'unknown' && viewerOf(next) !== viewerOf(state)) viewerNumber += 1;
  state = next;
  if (next.status === 'signed-in') localStorage.setItem(SIGNED_IN_KEY, '1');
  if (next.status === 'signed-out') localStorage.removeItem(SIGNED_IN_KEY);
  for (const listener of listeners) listener();
}

channel?.addEventListener('message', (event: MessageEvent<SessionState>) => apply(event.data));

/** The session of this tab. Its tokens are in cookies, which scripts cannot read. */
export const sessionStore = {
  get: (): SessionState => state,
  /** Changes when another account or profile uses this tab, so that responses to the previous one are discarded. */
  getViewerNumber: (): number => viewerNumber,
  /** Whether this browser was signed in when the app was last used. */
  wasSignedIn: (): boolean => localStorage.getItem(SIGNED_IN_KEY) !== null,
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

export function findSelectedProfile({ profiles, selectedProfileId }: Schema<'Session'>): Schema<'Profile'> | undefined {
  return profiles.find(({ id }) => id === selectedProfileId);
}
