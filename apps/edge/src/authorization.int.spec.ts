import { randomUUID } from 'node:crypto';
import { API_KEY_SCOPES, CodedError, userV1, type ApiKeyScope } from '@viernes/contracts';
import type { Operation } from '@viernes/gateway';
import type { CallerRole } from '@viernes/platform';
import { newApiKeySecret } from './testing/api-key-secret.js';
import { forgeTokens } from './testing/forged-tokens.js';
import { RAISED_LIMIT } from './testing/raised-limit.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

/**
 * The callers that the edge admits: `public` ignores tokens, `anyone` requires none, `cookie` requires a refresh token, and
 * `unlimitedProfile` a selected profile without a maximum age. The services reject further callers, for example in most
 * operations on profiles. Their own specs test that.
 */
type Audience = 'public' | 'cookie' | 'anyone' | 'account' | 'unlimitedProfile' | 'editor' | 'admin';

interface Expectation {
  readonly audience: Audience;
  readonly scope?: ApiKeyScope | 'none' | 'any';
}

const PUBLIC: Expectation = { audience: 'public' };
const COOKIE: Expectation = { audience: 'cookie' };
const anyone = (scope: ApiKeyScope): Expectation => ({ audience: 'anyone', scope });
const account = (scope: ApiKeyScope | 'none' | 'any'): Expectation => ({ audience: 'account', scope });
const unlimitedProfile = (scope: 'any'): Expectation => ({ audience: 'unlimitedProfile', scope });
const editor = (scope: ApiKeyScope | 'none'): Expectation => ({ audience: 'editor', scope });
const admin = (scope: ApiKeyScope | 'none'): Expectation => ({ audience: 'admin', scope });

/** The expectation for every operation. Repeats the declarations, so that changing one requires a change here, too. */
const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  createAccount: PUBLIC,
  verifyEmail: PUBLIC,
  requestPasswordReset: PUBLIC,
  resetPassword: PUBLIC,
  startPasskeySignIn: PUBLIC,
  signInWithPasskey: PUBLIC,
  listSignInProviders: PUBLIC,
  startProviderSignIn: PUBLIC,
  signInWithProvider: PUBLIC,
  createSession: PUBLIC,
  putUploadPart: PUBLIC,
  getMasterPlaylist: PUBLIC,
  getMediaPlaylist: PUBLIC,
  getMedia: PUBLIC,
  getOpenApi: PUBLIC,
  getProblemType: PUBLIC,

  refreshSession: COOKIE,

  requestEmailVerification: account('none'),
  changePassword: account('none'),
  changeEmail: account('none'),
  listPasskeys: account('none'),
  startPasskeyRegistration: account('none'),
  addPasskey: account('none'),
  patchPasskey: account('none'),
  removePasskey: account('none'),
  listIdentities: account('none'),
  startIdentityLink: account('none'),
  addIdentity: account('none'),
  removeIdentity: account('none'),
  listApiKeys: account('none'),
  createApiKey: account('none'),
  rotateApiKey: account('none'),
  revokeApiKey: account('none'),
  listSecurityEvents: account('none'),
  deleteAccount: account('none'),
  exportAccount: account('none'),
  endSession: account('none'),
  listSessions: account('none'),
  endSessionById: account('none'),
  endOtherSessions: account('none'),
  createProfile: account('none'),
  patchProfile: account('none'),
  deleteProfile: account('none'),
  setProfilePin: account('none'),
  removeProfilePin: account('none'),
  selectProfile: account('none'),

  listAccounts: admin('none'),
  changeRole: admin('none'),
  listPlans: admin('none'),
  changePlan: admin('none'),
  getDebugTrace: admin('none'),

  getPlan: unlimitedProfile('any'),

  listUsage: account('usage:read'),

  listProfiles: account('profiles:read'),
  getProfile: account('profiles:read'),

  listContinueWatching: account('watching:read'),
  listMyList: account('watching:read'),
  getMyListEntry: account('watching:read'),
  getRating: account('watching:read'),
  listHistory: account('watching:read'),

  addToMyList: account('watching:write'),
  removeFromMyList: account('watching:write'),
  rateTitle: account('watching:write'),
  removeRating: account('watching:write'),
  clearHistory: account('watching:write'),
  removeFromHistory: account('watching:write'),

  listTitles: anyone('catalog:read'),
  listTitleFacets: anyone('catalog:read'),
  listTitleSuggestions: anyone('catalog:read'),
  listTitleSuggestionsV2: anyone('catalog:read'),
  getTitle: anyone('catalog:read'),
  openTitleSocket: anyone('catalog:read'),
  listRelatedTitles: anyone('catalog:read'),
  listSeasons: anyone('catalog:read'),
  getSeason: anyone('catalog:read'),
  getEpisode: anyone('catalog:read'),
  getPerson: anyone('catalog:read'),
  getHome: anyone('catalog:read'),

  listTitleChanges: editor('catalog:read'),
  listSeasonChanges: editor('catalog:read'),
  listPersonChanges: editor('catalog:read'),
  listDeletions: editor('catalog:read'),
  exportTitles: editor('catalog:read'),
  getAsset: editor('catalog:read'),
  watchAsset: editor('catalog:read'),

  watchEvents: account('catalog:read'),

  listUploads: account('catalog:read'),
  getUpload: account('catalog:read'),

  createTitle: editor('catalog:write'),
  replaceTitle: editor('catalog:write'),
  patchTitle: editor('catalog:write'),
  deleteTitle: editor('catalog:write'),
  restoreTitle: editor('catalog:write'),
  createSeason: editor('catalog:write'),
  replaceSeason: editor('catalog:write'),
  patchSeason: editor('catalog:write'),
  deleteSeason: editor('catalog:write'),
  restoreSeason: editor('catalog:write'),
  replaceEpisode: editor('catalog:write'),
  patchEpisode: editor('catalog:write'),
  deleteEpisode: editor('catalog:write'),
  restoreEpisode: editor('catalog:write'),
  importTitles: editor('catalog:write'),
  createPerson: editor('catalog:write'),
  replacePerson: editor('catalog:write'),
  patchPerson: editor('catalog:write'),
  deletePerson: editor('catalog:write'),
  restorePerson: editor('catalog:write'),
  startUpload: editor('catalog:write'),

  listWebhooks: editor('none'),
  createWebhook: editor('none'),
  getWebhook: editor('none'),
  patchWebhook: editor('none'),
  deleteWebhook: editor('none'),
  rotateWebhookSecret: editor('none'),
  testWebhook: editor('none'),
  listWebhookDeliveries: editor('none'),
  redeliverWebhook: editor('none'),

  presignUploadParts: account('catalog:write'),
  completeUpload: account('catalog:write'),
  abortUpload: account('catalog:write'),

  startPlayback: account('playback'),
  heartbeatPlayback: account('playback'),
  endPlayback: account('playback'),
  createParty: account('playback'),
  getParty: account('playback'),
  joinParty: account('playback'),

  listDeadLetters: admin('dead-letters'),
  getDeadLetter: admin('dead-letters'),
  redriveDeadLetter: admin('dead-letters'),
  dropDeadLetter: admin('dead-letters'),
};

/** The code of a rejection, or `admitted` for any response of the operation itself. */
type Outcome =
  | 'admitted'
  | 'UNAUTHENTICATED'
  | 'SESSION_ENDED'
  | 'SCOPE_MISSING'
  | 'FORBIDDEN'
  | 'CSRF_REJECTED'
  | 'PROFILE_NOT_SELECTED'
  | 'PROFILE_LIMITED';

/** The credentials of a request, which the edge reads before it runs the operation. */
interface Credential {
  readonly authorization: string | null;
  /** Value of the session cookie. */
  readonly cookie?: string;
  /** The request lacks the header that only pages of this site can send. */
  readonly isCrossSite?: true;
  readonly problem?: 'UNAUTHENTICATED' | 'SESSION_ENDED';
  readonly role?: CallerRole;
  /** The scopes of an API key. */
  readonly scopes?: readonly string[];
  /** The profile of the session or the API key is missing, or has a maximum age. */
  readonly profileProblem?: 'PROFILE_NOT_SELECTED' | 'PROFILE_LIMITED';
}

const ROLES_OF: Readonly<Partial<Record<Audience, readonly CallerRole[]>>> = {
  editor: ['editor', 'admin'],
  admin: ['admin'],
};

function expectedOutcome(
  { audience, scope = 'none' }: Expectation,
  { method }: Operation,
  credential: Credential,
): Outcome {
  const { authorization, cookie, isCrossSite, problem, role = 'viewer', scopes, profileProblem } = credential;
  if (audience === 'public') return 'admitted';
  if (audience === 'cookie') return 'UNAUTHENTICATED';
  if (authorization === null && cookie === undefined) return audience === 'anyone' ? 'admitted' : 'UNAUTHENTICATED';
  if (isCrossSite && method !== 'GET') return 'CSRF_REJECTED';
  if (problem) return problem;
  if (scopes && scope !== 'any' && !scopes.includes(scope)) return 'SCOPE_MISSING';
  if (audience === 'unlimitedProfile' && profileProblem) return profileProblem;
  return ROLES_OF[audience]?.includes(role) === false ? 'FORBIDDEN' : 'admitted';
}

describe('the authorization matrix', () => {
  let edge: TestEdge;
  let invalid: Readonly<Record<string, Credential>>;
  const keys = new Map<string, userV1.VerifyApiKeyResponse>();

  beforeAll(async () => {
    edge = await startEdge({ ...RAISED_LIMIT, RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: '10000' });
    edge.user.handlers.verifyApiKey = ({ secret }) => {
      const verified = keys.get(secret);
      if (!verified) throw new CodedError('UNAUTHENTICATED');
      return verified;
    };
    invalid = await createInvalid();
  });
  afterAll(() => edge.stop());

  async function createInvalid(): Promise<Record<string, Credential>> {
    const { issuer } = edge;
    const sessionId = randomUUID();
    const revoked = await issuer.sign({ sessionId, role: 'admin' });
    edge.user.handlers.revokeSession = () => ({ endedSessionIds: [sessionId] });
    expect((await edge.fetch('/v1/sessions/current', { method: 'DELETE', token: revoked })).status).toBe(204);
    const forged = Object.entries(await forgeTokens(issuer)).map(([name, authorization]): [string, Credential] => [
      name,
      { authorization, problem: 'UNAUTHENTICATED' },
    ]);
    return {
      'no token': { authorization: null },
      ...Object.fromEntries(forged),
      'revoked session': { authorization: revoked, problem: 'SESSION_ENDED' },
      'unknown API key': { authorization: newApiKeySecret(), problem: 'UNAUTHENTICATED' },
      'cookie of a revoked session': { authorization: null, cookie: revoked, problem: 'SESSION_ENDED' },
      'cookie with an invalid token': { authorization: null, cookie: 'no.such.token', problem: 'UNAUTHENTICATED' },
    };
  }

  /** Creates new sessions for each operation, because some operations end the session. */
  async function createSessions(): Promise<Record<string, Credential>> {
    const profileId = randomUUID();
    const sign = async (role: CallerRole, maximumAge?: number): Promise<Credential> => ({
      authorization: await edge.issuer.sign({ role, profileId, ...(maximumAge !== undefined && { maximumAge }) }),
      role,
    });
    const signCookie = async (role: CallerRole): Promise<Credential> => {
      const { authorization } = await sign(role);
      return { authorization: null, cookie: authorization ?? '', role };
    };
    return {
      viewer: await sign('viewer'),
      'profile with a maximum age': { ...(await sign('viewer', 8)), profileProblem: 'PROFILE_LIMITED' },
      'no selected profile': { authorization: await edge.issuer.sign(), profileProblem: 'PROFILE_NOT_SELECTED' },
      editor: await sign('editor'),
      admin: await sign('admin'),
      'cookie of a viewer': await signCookie('viewer'),
      'cookie of an editor': await signCookie('editor'),
      'cookie of an admin': await signCookie('admin'),
      'cookie of an admin, sent by another site': { ...(await signCookie('admin')), isCrossSite: true },
    };
  }

  function createKey(role: CallerRole, scopes: readonly string[], maximumAge?: number): Credential {
    const secret = newApiKeySecret();
    keys.set(secret, {
      accountId: randomUUID(),
      secretId: randomUUID(),
      apiKeyId: randomUUID(),
      plan: 'account',
      role: { viewer: userV1.Role.ROLE_VIEWER, editor: userV1.Role.ROLE_EDITOR, admin: userV1.Role.ROLE_ADMIN }[role],
      scopes: [...scopes],
      profileId: randomUUID(),
      maximumAge,
      expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    });
    return {
      authorization: secret,
      role,
      scopes,
      ...(maximumAge !== undefined && { profileProblem: 'PROFILE_LIMITED' }),
    };
  }

  /** Creates keys with and without the scope and the role that the operation needs. */
  function createKeys({ scope }: Expectation): Record<string, Credential> {
    const others = API_KEY_SCOPES.filter((name) => name !== scope);
    const own = [scope ?? 'none'].filter((name) => name !== 'none');
    return {
      'API key of an admin with every other scope': createKey('admin', others),
      'API key in a cookie': {
        authorization: null,
        cookie: createKey('admin', API_KEY_SCOPES).authorization ?? '',
        problem: 'UNAUTHENTICATED',
      },
      'API key of an admin with the scope': createKey('admin', own),
      'API key of a viewer with the scope': createKey('viewer', own),
      'API key with the scope, of a profile with a maximum age': createKey('viewer', own, 8),
    };
  }

  async function send(
    { method, path }: Operation,
    { authorization, cookie, isCrossSite }: Credential,
  ): Promise<Outcome | number> {
    const url = path.replaceAll(/:(\w+)/g, (_match, name: string) => (/id$/i.test(name) ? randomUUID() : '1'));
    const headers = {
      ...(cookie !== undefined && { cookie: `viernes_session=${cookie}` }),
      ...(cookie !== undefined && !isCrossSite && { 'viernes-session': 'cookie' }),
    };
    const response = await edge.fetch(url, { method, token: authorization, headers });
    const text = await response.text();
    if (![401, 403].includes(response.status)) return response.status === 429 ? 429 : 'admitted';
    return (JSON.parse(text) as { code: Outcome }).code;
  }

  const listOperations = (): Operation[] => {
    const declared = edge.routes.flatMap(({ config }) => config?.operation ?? []);
    return [...new Set(declared)];
  };

  it('the authorization matrix has an expectation for each route', () => {
    const names = listOperations().map(({ operationId }) => operationId);
    expect(names.toSorted()).toEqual(Object.keys(EXPECTATIONS).toSorted());
  });

  it.each(Object.entries(EXPECTATIONS))('the authorization matrix holds for %s', async (operationId, expectation) => {
    const operation = listOperations().find((declared) => declared.operationId === operationId);
    if (!operation) throw new Error(`no route serves ${operationId}`);
    const credentials = Object.entries({
      ...invalid,
      ...(await createSessions()),
      ...createKeys(expectation),
    });
    const results = await Promise.all(
      credentials.map(async ([name, credential]) => [name, await send(operation, credential)]),
    );
    const expected = credentials.map(([name, credential]) => [
      name,
      expectedOutcome(expectation, operation, credential),
    ]);
    expect(results).toEqual(expected);
  });
});
