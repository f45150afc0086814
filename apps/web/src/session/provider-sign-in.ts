import type { Schema } from '@viernes/api-client';
import { Problem, readData } from '../api/problem.js';
import { edge } from './edge-client.js';
import { followProfileLanguage } from './profile-language.js';
import { publicEdge } from './refresh-session.js';
import { returnPath } from './return-path.js';
import { sessionStore } from './session-store.js';

/** The key of the pending sign-in in the storage of this tab. The provider redirects to the same tab. */
const PENDING_KEY = 'viernes.provider-sign-in';

interface PendingSignIn {
  readonly purpose: 'sign-in' | 'link';
  /** Page to open afterwards. */
  readonly path: string;
}

export const PROVIDER_QUERY = {
  queryKey: ['sign-in-providers'],
  queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<readonly Schema<'SignInProvider'>[]> => {
    const { providers } = await readData(publicEdge.GET('/v1/sign-in-providers', { signal }));
    return providers;
  },
  staleTime: Infinity,
};

/** Redirects to the provider. @throws Problem SIGN_IN_PROVIDER_UNAVAILABLE and others */
export async function startProviderSignIn(providerId: string, path: string): Promise<void> {
  const { url } = await readData(publicEdge.POST('/v1/sessions/provider-authorizations', { body: { providerId } }));
  redirect(url, { purpose: 'sign-in', path });
}

/** Redirects to the provider. @throws Problem PASSWORD_WRONG, EMAIL_UNVERIFIED, and others */
export async function startIdentityLink(providerId: string, password: string): Promise<void> {
  const body = { providerId, password };
  const { url } = await readData(edge.POST('/v1/account/identity-authorizations', { body }));
  redirect(url, { purpose: 'link', path: '/account' });
}

function redirect(url: string, pending: PendingSignIn): void {
  sessionStorage.setItem(PENDING_KEY, JSON.stringify(pending));
  location.assign(url);
}

/** Whether this tab adds an identity to an account. */
export function isLinking(): boolean {
  return readPending()?.purpose === 'link';
}

let finishing: Promise<string> | undefined;

/**
 * Signs in, or adds the identity, with the response in the URL of the page. Runs only once per load of the page, because the
 * response is valid once, but the page is rendered again when the session changes.
 *
 * @returns the page to open
 * @throws Problem PROVIDER_CANCELED, IDENTITY_REJECTED, and others
 */
export function finishProviderSignIn(): Promise<string> {
  finishing ??= finish(new URLSearchParams(location.search));
  return finishing;
}

async function finish(parameters: URLSearchParams): Promise<string> {
  const pending = readPending();
  const [state, code, iss] = ['state', 'code', 'iss'].map((name) => parameters.get(name));
  if (parameters.get('error') === 'access_denied') throw toProblem('PROVIDER_CANCELED');
  if (!pending || !state || !code) throw toProblem('IDENTITY_REJECTED');
  const body = { state, code, ...(iss && { iss }) };
  if (pending.purpose === 'link') await edge.POST('/v1/account/identities', { body });
  else {
    const session = await readData(publicEdge.POST('/v1/sessions/provider', { body }));
    sessionStore.set({ status: 'signed-in', session });
    followProfileLanguage(session);
  }
  sessionStorage.removeItem(PENDING_KEY);
  return returnPath(pending.path);
}

function readPending(): PendingSignIn | undefined {
  const text = sessionStorage.getItem(PENDING_KEY);
  return text === null ? undefined : (JSON.parse(text) as PendingSignIn);
}

function toProblem(code: 'PROVIDER_CANCELED' | 'IDENTITY_REJECTED'): Problem {
  return new Problem({ title: 'Not signed in', status: 0, code });
}
