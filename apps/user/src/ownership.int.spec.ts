import { randomUUID } from 'node:crypto';
import { listGrpcMethods } from '@viernes/platform';
import { newCaller, observeCall, type ObservedCall } from '@viernes/platform/testing';
import { DataSource } from 'typeorm';
import { addPasskey } from './testing/test-authenticator.js';
import {
  createApiKey,
  insertIdentity,
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from './testing/test-user.js';

type Client = TestUser['client'];

interface Ids {
  readonly profileId: string;
  readonly sessionId: string;
  readonly passkeyId: string;
  readonly apiKeyId: string;
  readonly identityId: string;
}

/** Methods whose requests contain the ID of a resource of an account. */
const METHODS: Readonly<Record<string, (client: Client, ids: Ids) => Promise<unknown>>> = {
  revokeSession: (client, { sessionId }) => client.revokeSession({ sessionId }),
  renamePasskey: (client, { passkeyId }) => client.renamePasskey({ passkeyId, name: 'Eve' }),
  removePasskey: (client, { passkeyId }) => client.removePasskey({ passkeyId }),
  removeIdentity: (client, { identityId }) => client.removeIdentity({ identityId }),
  rotateApiKey: (client, { apiKeyId }) => client.rotateApiKey({ apiKeyId, password: PASSWORD, validDays: 0 }),
  revokeApiKey: (client, { apiKeyId }) => client.revokeApiKey({ apiKeyId }),
  getProfile: (client, { profileId }) => client.getProfile({ profileId }),
  updateProfile: (client, { profileId }) =>
    client.updateProfile({ profileId, name: 'Eve', maximumAgeChange: undefined }),
  deleteProfile: (client, { profileId }) => client.deleteProfile({ profileId }),
  selectProfile: (client, { profileId }) => client.selectProfile({ profileId, pin: '' }),
  setProfilePin: (client, { profileId }) => client.setProfilePin({ profileId, pin: '0123' }),
  removeProfilePin: (client, { profileId }) => client.removeProfilePin({ profileId, password: PASSWORD }),
  listContinueWatching: (client, { profileId }) => client.listContinueWatching({ profileId, pageSize: 0 }),
  getResumePosition: (client, { profileId }) => client.getResumePosition({ profileId, titleId: randomUUID() }),
  getLatestProgress: (client, { profileId }) => client.getLatestProgress({ profileId, titleIds: [randomUUID()] }),
};

/** Methods whose requests contain no such ID: they act for the account and the profile of the caller. */
const WITHOUT_ID = [
  ...['requestEmailVerification', 'changeEmail', 'changePassword', 'deleteAccount', 'exportAccount'],
  ...['revokeOtherSessions', 'listSessions', 'listSecurityEvents', 'listProfiles', 'createProfile'],
  ...['listPasskeys', 'startPasskeyRegistration', 'finishPasskeyRegistration'],
  ...['listIdentities', 'startIdentityLink', 'finishIdentityLink'],
  ...['listApiKeys', 'createApiKey'],
  // Its filters select calls of the account of the caller.
  'listUsage',
  ...['addToMyList', 'removeFromMyList', 'checkMyList', 'listMyList', 'rateTitle', 'removeRating', 'getRating'],
  ...['listHistory', 'removeFromHistory', 'clearHistory'],
];

/** Methods that act for all accounts. */
const ADMIN_METHODS = ['listAccounts', 'changeRole', 'changePlan'];

/** Methods without a caller: a password, a refresh token, a link, or an identity determines the account. */
const PUBLIC = [
  ...['createAccount', 'createSession', 'refreshSession', 'getJwks'],
  ...['verifyEmail', 'requestPasswordReset', 'resetPassword', 'startPasskeySignIn', 'finishPasskeySignIn'],
  ...['listSignInProviders', 'startProviderSignIn', 'finishProviderSignIn'],
  'verifyApiKey',
];

describe('the resources of another account', () => {
  let user: TestUser;
  let ada: TestAccount;
  let foreign: Ids;

  beforeAll(async () => {
    user = await startUser();
    ada = await signUp(user);
    const eve = await signUp(user);
    const session = await signInWithPassword(user, eve.email);
    const passkey = await addPasskey(user, eve);
    const { apiKey } = await createApiKey(user, eve);
    const identityId = await insertIdentity(user, eve);
    foreign = {
      apiKeyId: apiKey.id,
      profileId: eve.profileId,
      sessionId: session.id,
      passkeyId: passkey.id,
      identityId,
    };
  });
  afterAll(() => user?.stop());

  const callAsAda = (method: string, ids: Ids): Promise<ObservedCall> => {
    const { accountId, profileId } = ada;
    const call = async () => METHODS[method]?.(user.client, ids);
    return observeCall(user.get(DataSource), { ...newCaller(), accountId, profileId }, call);
  };

  it('covers each method of the service', () => {
    const methods = listGrpcMethods(user.app).filter(({ service }) => service === 'UserService');
    const listed = [...Object.keys(METHODS), ...WITHOUT_ID, ...ADMIN_METHODS, ...PUBLIC];
    expect(methods.map(({ method }) => method).toSorted()).toEqual(listed.toSorted());
  });

  it.each(Object.keys(METHODS))('%s treats a resource of another account like an unknown one', async (method) => {
    const ids = Object.fromEntries(Object.keys(foreign).map((name) => [name, randomUUID()])) as unknown as Ids;
    const unknown = await callAsAda(method, ids);
    expect(await callAsAda(method, foreign)).toEqual(unknown);
    expect(unknown.statements).not.toEqual([]);
    const isIdempotent = method === 'revokeSession';
    expect(unknown).toMatchObject(
      isIdempotent
        ? { response: { endedSessionIds: [] } }
        : { code: expect.stringMatching(/^(PROFILE|PASSKEY|IDENTITY|API_KEY)_/) },
    );
  });
});
