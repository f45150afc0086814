import { randomUUID } from 'node:crypto';
import { newCaller, runWithKey } from '@viernes/platform/testing';
import { eventually, uniqueName } from '@viernes/testing';
import { MAX_FAILURES } from './account-lock/account-lock.js';
import { MailRequestProcessor } from './password/mail-request-processor.js';
import { addPasskey, TestAuthenticator } from './testing/test-authenticator.js';
import {
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from './testing/test-user.js';

describe('requests about accounts with an idempotency key', () => {
  let user: TestUser;
  let ada: TestAccount;

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
  });

  const asAda = () => ({ ...newCaller(), accountId: ada.accountId, profileId: ada.profileId });
  /** Calls a method twice with one key, as one caller. @returns its response */
  const repeat = async <Response>(call: () => Promise<Response>, caller = asAda()): Promise<Response> => {
    const key = randomUUID();
    const first = await runWithKey(key, call, caller);
    expect(first.isReplayed).toBe(false);
    expect(await runWithKey(key, call, caller)).toEqual({ ...first, isReplayed: true });
    return first.response;
  };
  const signUpRequest = () => ({ email: `${uniqueName('bob')}@example.org`, password: PASSWORD, profileName: 'Bob' });

  it('creates one account, and sends one mail, for repeated requests', async () => {
    const request = signUpRequest();
    const { account, profiles } = await repeat(() => user.client.createAccount(request));
    expect([account?.email, profiles]).toEqual([request.email, [expect.objectContaining({ name: 'Bob' })]]);
    // The delivery in the background can still be in progress.
    await eventually(async () => expect(await user.countMails(request.email)).toBe(1));
  });

  it('creates one account for a hundred concurrent requests', async () => {
    const request = signUpRequest();
    const key = randomUUID();
    const create = () => runWithKey(key, () => user.client.createAccount(request));
    const results = await Promise.allSettled(Array.from({ length: 100 }, create));
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    expect(await create()).toMatchObject({ isReplayed: true, response: { account: { email: request.email } } });
    expect(await user.database.query('SELECT 1 FROM account WHERE email = $1', [request.email])).toHaveLength(1);
  });

  it('returns IDEMPOTENCY_KEY_REUSED for another password', async () => {
    const request = signUpRequest();
    const key = randomUUID();
    await runWithKey(key, () => user.client.createAccount(request));
    const other = runWithKey(key, () => user.client.createAccount({ ...request, password: 'another password' }));
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('creates one profile for repeated requests', async () => {
    const request = { name: 'Bob', avatar: '', language: 'en', isKids: false, pin: '' };
    await repeat(() => user.client.createProfile(request));
    const { profiles } = await ada.run(() => user.client.listProfiles({}));
    expect(profiles.map(({ name }) => name)).toEqual(['Ada', 'Bob']);
  });

  it('uses a link once for repeated requests, and returns the same response', async () => {
    const { token } = await user.receiveMail(ada.email);
    await repeat(() => user.client.verifyEmail({ token }));

    await repeat(() => user.client.requestPasswordReset({ email: ada.email }));
    await user.get(MailRequestProcessor).run(new AbortController().signal);
    const reset = await user.receiveMail(ada.email);
    await repeat(() => user.client.resetPassword({ token: reset.token, newPassword: 'battery staple horse' }));
    expect((await user.receiveMail(ada.email)).subject).toBe('Your password has changed');
    expect(await user.countMails(ada.email)).toBe(0);
  });

  it('sends one link for repeated requests', async () => {
    await user.receiveMail(ada.email);
    await repeat(() => user.client.requestEmailVerification({}));
    expect(await user.countMails(ada.email)).toBe(1);
  });

  it('adds one passkey, and opens one session with it, for repeated requests', async () => {
    const authenticator = new TestAuthenticator();
    const { optionsJson } = await ada.run(() => user.client.startPasskeyRegistration({ password: PASSWORD }));
    const credentialJson = JSON.stringify(authenticator.create(optionsJson));
    await repeat(() => user.client.finishPasskeyRegistration({ name: 'Laptop', credentialJson }));
    expect((await ada.run(() => user.client.listPasskeys({}))).passkeys).toHaveLength(1);

    const options = await user.client.startPasskeySignIn({});
    const signed = JSON.stringify(authenticator.sign(options.optionsJson));
    const { session } = await repeat(() => user.client.finishPasskeySignIn({ credentialJson: signed }));
    expect(session).toMatchObject({ selectedProfileId: ada.profileId, profiles: [{ id: ada.profileId }] });
    expect((await ada.run(() => user.client.listSessions({}))).sessions).toHaveLength(1);
  });

  it('creates and rotates one API key, and checks the password each time', async () => {
    const request = { name: 'Import', scopes: ['catalog:read'], validDays: 0, password: PASSWORD };
    const { apiKey } = await repeat(() => user.client.createApiKey(request));
    const rotation = { apiKeyId: apiKey?.id ?? '', overlapHours: undefined, validDays: 0, password: PASSWORD };
    const { secret } = await repeat(() => user.client.rotateApiKey(rotation));
    expect(await user.client.verifyApiKey({ secret })).toMatchObject({ accountId: ada.accountId });
    expect((await ada.run(() => user.client.listApiKeys({}))).apiKeys).toHaveLength(1);

    const key = randomUUID();
    const create = (password: string) =>
      runWithKey(key, () => user.client.createApiKey({ ...request, password }), asAda());
    await create(PASSWORD);
    await expect(create('a wrong password')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
  });

  describe('that sign in', () => {
    const signIn = (key: string, password = PASSWORD) =>
      runWithKey(key, () => user.client.createSession({ email: ada.email, password }));
    const listSessions = async () => (await ada.run(() => user.client.listSessions({}))).sessions;

    it('opens one session for repeated requests', async () => {
      const key = randomUUID();
      const first = await signIn(key);
      expect(first.isReplayed).toBe(false);
      expect(await signIn(key)).toEqual({ ...first, isReplayed: true });
      expect((await listSessions()).map(({ id }) => id)).toEqual([first.response.session?.id]);
    });

    it('counts wrong passwords that are guessed with an idempotency key, and locks the account', async () => {
      const key = randomUUID();
      const wrong = { code: 'CREDENTIALS_WRONG' };
      await signIn(key);
      for (let count = 0; count < MAX_FAILURES; count += 1) {
        await expect(signIn(key, 'a wrong password')).rejects.toMatchObject(wrong);
      }
      await expect(signIn(key)).rejects.toMatchObject(wrong);
      await expect(signInWithPassword(user, ada.email)).rejects.toMatchObject(wrong);
    });

    it('returns IDEMPOTENCY_KEY_REUSED with the correct password of another account', async () => {
      const key = randomUUID();
      await signIn(key);
      const { email } = await signUp(user);
      const other = runWithKey(key, () => user.client.createSession({ email, password: PASSWORD }));
      await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    });
  });

  it('uses up a challenge if the signature is wrong', async () => {
    const authenticator = new TestAuthenticator();
    await addPasskey(user, ada, authenticator);
    const options = await user.client.startPasskeySignIn({});
    const sign = (origin?: string) =>
      JSON.stringify(authenticator.sign(options.optionsJson, origin === undefined ? {} : { origin }));
    const signIn = (credentialJson: string) =>
      runWithKey(randomUUID(), () => user.client.finishPasskeySignIn({ credentialJson }));
    await expect(signIn(sign('http://evil.example'))).rejects.toMatchObject({ code: 'PASSKEY_REJECTED' });
    await expect(signIn(sign())).rejects.toMatchObject({ code: 'PASSKEY_REJECTED' });
  });
});
