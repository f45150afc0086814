import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { config } from '../config.js';
import { Editor } from '../support/editor.js';
import { call, apiClient, get, requireBody, send, type HttpResponse } from '../support/http.js';
import { ServiceDatabase } from '../support/service-database.js';
import { unique } from '../support/unique.js';
import { shortVideo } from '../support/video-files.js';
import { Viewer } from '../support/viewer.js';

/** The IDs of the resources of one account, and the tokens of the caller for its own resources. */
interface Ids {
  readonly sessionId: string;
  readonly profileId: string;
  readonly uploadId: string;
  readonly playbackId: string;
  /** All accounts see the title. The owner has uploaded its video, listed, rated, and watched it. */
  readonly titleId: string;
  readonly playbackToken: string;
  readonly apiKeyId: string;
  readonly passkeyId: string;
  readonly identityId: string;
}

interface Request {
  readonly id: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Owned {
  readonly request: (ids: Ids) => Request;
  readonly status: number;
  readonly code?: Schema<'Problem'>['code'];
}

const ofProfile = (body?: unknown): Owned => ({
  request: ({ profileId }) => ({ id: profileId, body }),
  status: 404,
  code: 'PROFILE_NOT_FOUND',
});
const ofUpload = (body?: unknown): Owned => ({
  request: ({ uploadId }) => ({ id: uploadId, body }),
  status: 404,
  code: 'UPLOAD_NOT_FOUND',
});
const ofPlayback = (body?: unknown): Owned => ({
  request: ({ playbackId }) => ({ id: playbackId, body }),
  status: 404,
  code: 'PLAYBACK_NOT_FOUND',
});
const ofApiKey = (body?: unknown): Owned => ({
  request: ({ apiKeyId }) => ({ id: apiKeyId, body }),
  status: 404,
  code: 'API_KEY_NOT_FOUND',
});
const ofPasskey = (body?: unknown): Owned => ({
  request: ({ passkeyId }) => ({ id: passkeyId, body }),
  status: 404,
  code: 'PASSKEY_NOT_FOUND',
});
const ofIdentity: Owned = {
  request: ({ identityId }) => ({ id: identityId }),
  status: 404,
  code: 'IDENTITY_NOT_FOUND',
};
const withToken: Owned = {
  request: ({ playbackId, playbackToken }) => ({ id: playbackId, query: { token: playbackToken } }),
  status: 404,
  code: 'PLAYBACK_NOT_FOUND',
};
/** Rows of the caller about a title: those of other accounts make no difference. */
const aboutTitle = (status: number, body?: unknown): Owned => ({
  request: ({ titleId }) => ({ id: titleId, body }),
  status,
});

/** Why an operation is not called. */
type Reason =
  | 'acts for the caller'
  | 'public'
  | 'shared by editors'
  | 'shared by a secret code'
  | 'for editors'
  | 'for admins'
  | 'proves the account by a secret';

/** Every operation of the OpenAPI document. */
const OPERATIONS: Readonly<Record<string, Owned | Reason>> = {
  createAccount: 'public',
  listAccounts: 'for admins',
  verifyEmail: 'proves the account by a secret',
  requestEmailVerification: 'acts for the caller',
  requestPasswordReset: 'public',
  resetPassword: 'proves the account by a secret',
  changePassword: 'acts for the caller',
  changeEmail: 'acts for the caller',
  listSecurityEvents: 'acts for the caller',
  changeRole: 'for admins',
  listPlans: 'for admins',
  changePlan: 'for admins',
  getDebugTrace: 'for admins',
  getPlan: 'acts for the caller',
  deleteAccount: 'acts for the caller',
  exportAccount: 'acts for the caller',

  createSession: 'proves the account by a secret',
  refreshSession: 'proves the account by a secret',
  endSession: 'acts for the caller',
  listSessions: 'acts for the caller',
  endSessionById: { request: ({ sessionId }) => ({ id: sessionId }), status: 204 },
  endOtherSessions: 'acts for the caller',

  listSignInProviders: 'public',
  startProviderSignIn: 'public',
  signInWithProvider: 'proves the account by a secret',
  listIdentities: 'acts for the caller',
  startIdentityLink: 'acts for the caller',
  addIdentity: 'acts for the caller',
  removeIdentity: ofIdentity,
  listPasskeys: 'acts for the caller',
  startPasskeyRegistration: 'acts for the caller',
  addPasskey: 'acts for the caller',
  patchPasskey: ofPasskey({ name: 'Eve' }),
  removePasskey: ofPasskey(),
  startPasskeySignIn: 'public',
  signInWithPasskey: 'proves the account by a secret',

  listApiKeys: 'acts for the caller',
  listUsage: 'acts for the caller',
  createApiKey: 'acts for the caller',
  rotateApiKey: ofApiKey({ password: Viewer.password }),
  revokeApiKey: ofApiKey(),

  listProfiles: 'acts for the caller',
  createProfile: 'acts for the caller',
  getProfile: ofProfile(),
  patchProfile: ofProfile({ name: 'Eve' }),
  deleteProfile: ofProfile(),
  listContinueWatching: ofProfile(),
  setProfilePin: ofProfile({ pin: '0123' }),
  removeProfilePin: ofProfile({ password: Viewer.password }),
  selectProfile: ofProfile({}),

  listMyList: 'acts for the caller',
  getMyListEntry: aboutTitle(200),
  addToMyList: aboutTitle(204),
  removeFromMyList: aboutTitle(204),
  getRating: aboutTitle(200),
  rateTitle: aboutTitle(204, { thumb: 'up' }),
  removeRating: aboutTitle(204),
  listHistory: 'acts for the caller',
  clearHistory: 'acts for the caller',
  removeFromHistory: aboutTitle(204),

  listTitles: 'public',
  createTitle: 'shared by editors',
  listTitleFacets: 'public',
  listTitleSuggestions: 'public',
  listTitleSuggestionsV2: 'public',
  getTitle: 'public',
  openTitleSocket: 'public',
  replaceTitle: 'shared by editors',
  patchTitle: 'shared by editors',
  deleteTitle: 'shared by editors',
  listRelatedTitles: 'public',
  restoreTitle: 'shared by editors',
  listTitleChanges: 'shared by editors',
  listSeasons: 'public',
  createSeason: 'shared by editors',
  getSeason: 'public',
  replaceSeason: 'shared by editors',
  patchSeason: 'shared by editors',
  deleteSeason: 'shared by editors',
  getEpisode: 'public',
  replaceEpisode: 'shared by editors',
  patchEpisode: 'shared by editors',
  deleteEpisode: 'shared by editors',
  restoreSeason: 'shared by editors',
  listSeasonChanges: 'shared by editors',
  restoreEpisode: 'shared by editors',
  importTitles: 'shared by editors',
  exportTitles: 'shared by editors',
  listDeletions: 'shared by editors',
  getPerson: 'public',
  createPerson: 'shared by editors',
  replacePerson: 'shared by editors',
  patchPerson: 'shared by editors',
  deletePerson: 'shared by editors',
  restorePerson: 'shared by editors',
  listPersonChanges: 'shared by editors',
  getHome: 'public',

  startUpload: 'acts for the caller',
  listUploads: { request: ({ titleId }) => ({ id: '', query: { titleId } }), status: 200 },
  getUpload: ofUpload(),
  abortUpload: ofUpload(),
  presignUploadParts: ofUpload({ partNumbers: [1] }),
  putUploadPart: 'proves the account by a secret',
  completeUpload: ofUpload(),
  getAsset: 'shared by editors',
  watchAsset: 'shared by editors',

  startPlayback: {
    request: ({ profileId, titleId }) => ({ id: '', body: { profileId, titleId } }),
    status: 404,
    code: 'PROFILE_NOT_FOUND',
  },
  getMasterPlaylist: withToken,
  getMediaPlaylist: withToken,
  getMedia: withToken,
  heartbeatPlayback: ofPlayback({ positionMs: 1_000 }),
  endPlayback: ofPlayback(),

  createParty: {
    request: ({ profileId, titleId }) => ({ id: '', body: { profileId, titleId } }),
    status: 404,
    code: 'PROFILE_NOT_FOUND',
  },
  getParty: 'shared by a secret code',
  joinParty: 'shared by a secret code',
  watchEvents: 'acts for the caller',

  // apps/catalog/src/ownership.int.spec.ts compares the responses to two editors.
  listWebhooks: 'for editors',
  createWebhook: 'for editors',
  getWebhook: 'for editors',
  patchWebhook: 'for editors',
  deleteWebhook: 'for editors',
  rotateWebhookSecret: 'for editors',
  testWebhook: 'for editors',
  listWebhookDeliveries: 'for editors',
  redeliverWebhook: 'for editors',
  listDeadLetters: 'for admins',
  getDeadLetter: 'for admins',
  dropDeadLetter: 'for admins',
  redriveDeadLetter: 'for admins',
  getOpenApi: 'public',
  getProblemType: 'public',
};

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly contentType: string | undefined;
}

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly operationId?: string; readonly requestBody?: { readonly content: object } }>>
    >
  >;
}

/** Headers that differ between the responses to two equal requests. */
const VARYING_HEADERS = ['connection', 'date', 'keep-alive', 'ratelimit', 'x-trace-id'];

/**
 * Returns what a caller can distinguish in a response: the status, the body without the IDs of the request, and the
 * headers.
 */
function toComparable({ status, headers, body }: HttpResponse): object {
  const {
    instance: _,
    traceId: _trace,
    ...rest
  } = (typeof body === 'object' ? body : { body }) as Record<string, unknown>;
  const names = [...headers].filter(([name]) => !VARYING_HEADERS.includes(name));
  return { status, body: rest, headers: Object.fromEntries(names) };
}

/**
 * Inserts a row without an authenticator or a provider. Returns an unknown ID if the database cannot be reached, as in
 * a cluster.
 */
async function insert(viewer: Viewer, method: 'insertPasskey' | 'insertIdentity'): Promise<string> {
  if (config.postgresUrl === undefined) return randomUUID();
  const database = await ServiceDatabase.connect('user');
  try {
    return await database[method](viewer.session.account.id);
  } finally {
    await database.close();
  }
}

describe('the resources of another account', () => {
  const owned = Object.entries(OPERATIONS).filter((entry): entry is [string, Owned] => typeof entry[1] === 'object');
  let operations: ReadonlyMap<string, Operation>;
  let owner: Viewer;
  let editor: Editor;
  let caller: Viewer;
  let foreign: Ids;
  let unknown: Ids;

  beforeAll(async () => {
    const { body: document } = await get<Document>('/v1/openapi.json');
    operations = new Map(
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).flatMap(([method, { operationId, requestBody }]) => {
          const [contentType] = Object.keys(requestBody?.content ?? {});
          return operationId === undefined ? [] : [[operationId, { method: method.toUpperCase(), path, contentType }]];
        }),
      ),
    );
    [owner, caller, editor] = [await Viewer.signUp(), await Viewer.signUp(), await Editor.signIn()];
    const video = await shortVideo();
    const [watched, untouched] = [
      await editor.createReadyTitle(unique('Owned'), video),
      await editor.createReadyTitle(unique('Untouched'), video),
    ];
    const playback = await owner.play(watched.id);
    const params = { path: { titleId: watched.id } };
    const api = apiClient(owner.token);
    requireBody(await call(api.PUT('/v1/my-list/{titleId}', { params })), 204);
    requireBody(await call(api.PUT('/v1/ratings/{titleId}', { params, body: { thumb: 'down' } })), 204);
    requireBody(await owner.heartbeat(playback.id, 1_000), 200);
    const { password } = Viewer;
    const newKey = api.POST('/v1/account/api-keys', { body: { name: 'CI', scopes: ['playback'], password } });
    const { apiKey } = requireBody(await call(newKey), 201);
    const own = await caller.play(untouched.id);
    const playbackToken = new URL(own.playlistUrl, 'http://edge').searchParams.get('token') ?? '';
    foreign = {
      sessionId: owner.session.sessionId,
      profileId: owner.profileId,
      uploadId: (await editor.startUpload(watched.id, video)).id,
      playbackId: playback.id,
      titleId: watched.id,
      playbackToken,
      apiKeyId: apiKey.id,
      passkeyId: await insert(owner, 'insertPasskey'),
      identityId: await insert(owner, 'insertIdentity'),
    };
    unknown = {
      sessionId: randomUUID(),
      profileId: randomUUID(),
      uploadId: randomUUID(),
      playbackId: randomUUID(),
      titleId: untouched.id,
      playbackToken,
      apiKeyId: randomUUID(),
      passkeyId: randomUUID(),
      identityId: randomUUID(),
    };
  });

  const request = (operationId: string, { request: toRequest }: Owned, ids: Ids): Promise<HttpResponse> => {
    const { method = '', path = '', contentType } = operations.get(operationId) ?? {};
    const { id, query = {}, body } = toRequest(ids);
    const values: Readonly<Record<string, string>> = { id, titleId: id, renditionId: randomUUID() };
    const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
    const headers: Record<string, string> = body === undefined || !contentType ? {} : { 'content-type': contentType };
    return send(method, `${url}?${new URLSearchParams(query)}`, { token: caller.token, body, headers });
  };

  it('tests the ownership of each operation of the OpenAPI document', () => {
    expect([...operations.keys()].toSorted()).toEqual(Object.keys(OPERATIONS).toSorted());
  });

  it.each(owned)('%s returns the same for foreign and unknown resources', async (operationId, entry) => {
    const response = await request(operationId, entry, unknown);
    expect(response).toMatchObject({ status: entry.status, body: entry.code ? { code: entry.code } : {} });
    expect(toComparable(await request(operationId, entry, foreign))).toEqual(toComparable(response));
  });

  it('the resources of another account still exist after these calls', async () => {
    const { sessionId, profileId, uploadId, playbackId, titleId, apiKeyId, passkeyId, identityId } = foreign;
    const api = apiClient(owner.token);
    const sessions = requireBody(await call(api.GET('/v1/account/sessions')), 200).sessions;
    expect(sessions).toContainEqual(expect.objectContaining({ id: sessionId }));
    const { apiKeys } = requireBody(await call(api.GET('/v1/account/api-keys')), 200);
    expect(apiKeys).toEqual([expect.objectContaining({ id: apiKeyId })]);
    const { passkeys } = requireBody(await call(api.GET('/v1/account/passkeys')), 200);
    if (config.postgresUrl !== undefined) expect(passkeys).toMatchObject([{ id: passkeyId, name: 'Laptop' }]);
    const { identities } = requireBody(await call(api.GET('/v1/account/identities')), 200);
    if (config.postgresUrl !== undefined) expect(identities).toMatchObject([{ id: identityId }]);
    const profile = { params: { path: { id: profileId } } };
    expect(requireBody(await call(api.GET('/v1/profiles/{id}', profile)), 200)).toMatchObject({ hasPin: false });
    expect(await editor.getUpload(uploadId)).toMatchObject({ state: 'open' });
    expect(await owner.heartbeat(playbackId, 2_000)).toMatchObject({ status: 200 });
    const title = { params: { path: { titleId } } };
    expect(requireBody(await call(api.GET('/v1/ratings/{titleId}', title)), 200)).toMatchObject({ thumb: 'down' });
    const { entries } = requireBody(await call(api.GET('/v1/history')), 200);
    expect(entries.map((entry) => entry.title.id)).toEqual([titleId]);
  });
});
