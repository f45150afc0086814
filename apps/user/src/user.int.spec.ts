import { readFileSync } from 'node:fs';
import { listDeclaredConsumers } from '@viernes/contracts';
import { HandlerRegistry } from '@viernes/messaging';
import { findUndeclaredMethods, listGrpcMethods } from '@viernes/platform';
import { parseDocumentedSettings, toSettings } from '@viernes/testing';
import { Env, readConfig } from './config.js';
import { startUser, type TestUser } from './testing/test-user.js';

describe('the user service', () => {
  let user: TestUser;
  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());

  it('declares the access to each of its gRPC methods', () => {
    expect(findUndeclaredMethods(user.app)).toEqual([]);
    const methods = listGrpcMethods(user.app).filter(({ service }) => service === 'UserService');
    expect(Object.fromEntries(methods.map(({ method, access }) => [method, access]))).toEqual({
      createAccount: 'public',
      verifyEmail: 'public',
      requestEmailVerification: 'account',
      changeEmail: 'household',
      requestPasswordReset: 'public',
      resetPassword: 'public',
      changePassword: 'household',
      deleteAccount: 'account',
      exportAccount: 'account',
      createSession: 'public',
      refreshSession: 'public',
      revokeSession: 'account',
      revokeOtherSessions: 'household',
      listSessions: 'household',
      listPasskeys: 'household',
      startPasskeyRegistration: 'household',
      finishPasskeyRegistration: 'household',
      renamePasskey: 'household',
      removePasskey: 'household',
      startPasskeySignIn: 'public',
      finishPasskeySignIn: 'public',
      listSignInProviders: 'public',
      startProviderSignIn: 'public',
      finishProviderSignIn: 'public',
      listIdentities: 'household',
      startIdentityLink: 'household',
      finishIdentityLink: 'household',
      removeIdentity: 'household',
      listApiKeys: 'household',
      createApiKey: 'household',
      rotateApiKey: 'household',
      revokeApiKey: 'household',
      verifyApiKey: 'public',
      listSecurityEvents: 'household',
      listUsage: 'household',
      listAccounts: 'admin',
      changeRole: 'admin',
      changePlan: 'admin',
      getJwks: 'public',
      listProfiles: 'account',
      getProfile: 'account',
      createProfile: 'household',
      updateProfile: 'household',
      deleteProfile: 'household',
      selectProfile: 'account',
      setProfilePin: 'household',
      removeProfilePin: 'account',
      addToMyList: 'account',
      removeFromMyList: 'account',
      checkMyList: 'account',
      listMyList: 'account',
      rateTitle: 'account',
      removeRating: 'account',
      getRating: 'account',
      listHistory: 'account',
      removeFromHistory: 'account',
      clearHistory: 'account',
      listContinueWatching: 'account',
      getResumePosition: 'account',
      getLatestProgress: 'account',
    });
  });

  it('handles exactly the events that the event registry declares', () => {
    const { handlers } = user.get(HandlerRegistry);
    const consumers = handlers.map(({ consumer, event: { type } }) => `${type} ${consumer}`);
    expect(consumers.toSorted()).toEqual(listDeclaredConsumers('user'));
  });

  it('documents every setting with its default in the README', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    expect(parseDocumentedSettings(readme)).toEqual(toSettings(Env));
  });

  it('rejects EDITOR_EMAIL without EDITOR_PASSWORD, and reports all other invalid settings', () => {
    const env = { EDITOR_EMAIL: 'editor@example.org', DATABASE_URL: 'mysql://example' };
    expect(() => readConfig(env)).toThrow(/DATABASE_URL[^]*EDITOR_PASSWORD/);
  });
});
