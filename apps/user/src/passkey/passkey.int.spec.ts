import { randomUUID } from 'node:crypto';
import type { userV1 } from '@viernes/contracts';
import { RowCleanups } from '@viernes/database';
import { newCaller, runAs } from '@viernes/platform/testing';
import { MAX_FAILURES } from '../account-lock/account-lock.js';
import { addPasskey, TestAuthenticator, type AuthenticatorOptions } from '../testing/test-authenticator.js';
import {
  listEventKinds,
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';
import { MAX_PASSKEYS } from './passkey.js';

const REJECTED = { code: 'PASSKEY_REJECTED' };
const NOT_FOUND = { code: 'PASSKEY_NOT_FOUND' };

describe('passkeys', () => {
  let user: TestUser;
  let ada: TestAccount;
  let authenticator: TestAuthenticator;

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
    authenticator = new TestAuthenticator();
    await user.receiveMail(ada.email);
  });

  const startRegistration = async (account = ada, password = PASSWORD): Promise<string> => {
    const { optionsJson } = await account.run(() => user.client.startPasskeyRegistration({ password }));
    return optionsJson;
  };
  const register = (credential: unknown, account = ada, name = 'Laptop') =>
    account.run(() => user.client.finishPasskeyRegistration({ name, credentialJson: JSON.stringify(credential) }));
  const startSignIn = async (): Promise<string> => (await user.client.startPasskeySignIn({})).optionsJson;
  const finishSignIn = async (credential: unknown): Promise<userV1.Session> => {
    const { session } = await user.client.finishPasskeySignIn({ credentialJson: JSON.stringify(credential) });
    if (!session) throw new Error('the response contains no session');
    return session;
  };
  const signIn = async (options?: AuthenticatorOptions) =>
    finishSignIn(authenticator.sign(await startSignIn(), options));
  const list = async (account = ada): Promise<userV1.Passkey[]> => {
    const { passkeys } = await account.run(() => user.client.listPasskeys({}));
    return passkeys;
  };
  const expireChallenges = () => user.database.query(`UPDATE passkey_challenge SET expires_at = now()`);

  describe('registration', () => {
    it('requests a discoverable credential with user verification, without personal data in the user handle', async () => {
      const options = JSON.parse(await startRegistration()) as { user: { id: string } };
      expect(options).toMatchObject({
        rp: { id: 'localhost', name: 'Viernes' },
        user: { name: ada.email },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: [],
      });
      expect(Buffer.from(options.user.id, 'base64url').toString('hex')).toBe(ada.accountId.replaceAll('-', ''));
    });

    it('adds a passkey and a security event, and sends a notice to the owner', async () => {
      const passkey = await addPasskey(user, ada, authenticator, 'Ada’s phone');
      expect(await list()).toEqual([passkey]);
      expect(passkey).toMatchObject({ name: 'Ada’s phone', isBackedUp: false });
      expect(passkey).not.toHaveProperty('lastUsedAt');
      expect(await listEventKinds(user, ada)).toEqual(['PASSKEY_ADDED', 'ACCOUNT_CREATED']);
      expect((await user.receiveMail(ada.email)).subject).toBe('A passkey was added to your account');
      const { excludeCredentials } = JSON.parse(await startRegistration()) as Record<string, unknown>;
      const id = authenticator.credentialId.toString('base64url');
      expect(excludeCredentials).toEqual([{ id, type: 'public-key', transports: ['internal'] }]);
    });

    it('requires the password to add a passkey, and also rejects the correct one after repeated wrong ones', async () => {
      for (let count = 0; count < MAX_FAILURES; count += 1)
        await expect(startRegistration(ada, 'a wrong password')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
      await expect(startRegistration()).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    });

    it('rejects a challenge that belongs to another account or a sign-in, has expired, or was used', async () => {
      const bob = await signUp(user);
      const bobsOptions = await startRegistration(bob);
      await expect(register(authenticator.create(bobsOptions))).rejects.toMatchObject(REJECTED);
      // The attempt of another account does not use up the challenge.
      await register(new TestAuthenticator().create(bobsOptions), bob);

      const options = JSON.parse(await startRegistration()) as object;
      const { challenge } = JSON.parse(await startSignIn()) as { challenge: string };
      const withSignInChallenge = authenticator.create(JSON.stringify({ ...options, challenge }));
      await expect(register(withSignInChallenge)).rejects.toMatchObject(REJECTED);

      const expired = authenticator.create(await startRegistration());
      await expireChallenges();
      await expect(register(expired)).rejects.toMatchObject(REJECTED);

      const credential = authenticator.create(await startRegistration());
      await register(credential);
      await expect(register(credential)).rejects.toMatchObject(REJECTED);
      expect(await list()).toHaveLength(1);
    });

    it.each([
      ['from another website', { origin: 'http://evil.example' }],
      ['from another port', { origin: 'http://localhost:9999' }],
      ['for another relying party', { rpId: 'evil.example' }],
      ['without user verification', { isUserVerified: false }],
    ])('rejects a credential %s, and uses up its challenge', async (_case, options) => {
      const optionsJson = await startRegistration();
      await expect(register(authenticator.create(optionsJson, options))).rejects.toMatchObject(REJECTED);
      await expect(register(authenticator.create(optionsJson))).rejects.toMatchObject(REJECTED);
      expect(await list()).toEqual([]);
    });

    it('rejects a credential ID that another account has', async () => {
      await addPasskey(user, await signUp(user), authenticator);
      await expect(addPasskey(user, ada, authenticator)).rejects.toMatchObject(REJECTED);
      expect(await list()).toEqual([]);
    });

    it('rejects credentials that are unreadable', async () => {
      const credential = authenticator.create(await startRegistration());
      const damaged = { ...credential.response, attestationObject: 'AAAA' };
      await expect(register({ ...credential, response: damaged })).rejects.toMatchObject(REJECTED);
      const withoutClientData = { ...credential.response, clientDataJSON: 'AAAA' };
      await expect(register({ ...credential, response: withoutClientData })).rejects.toMatchObject(REJECTED);
      await expect(register({})).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
      const finish = user.client.finishPasskeySignIn({ credentialJson: 'no JSON' });
      await expect(finish).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    });

    it('limits the passkeys of an account, also for concurrent registrations', async () => {
      for (let count = 1; count < MAX_PASSKEYS; count += 1) await addPasskey(user, ada);
      const options = [await startRegistration(), await startRegistration(), await startRegistration()];
      const credentials = options.map((json) => new TestAuthenticator().create(json));
      const results = await Promise.allSettled(credentials.map((credential) => register(credential)));
      const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
      expect(failures).toMatchObject([{ code: 'PASSKEY_LIMIT_REACHED' }, { code: 'PASSKEY_LIMIT_REACHED' }]);
      await expect(startRegistration()).rejects.toMatchObject({ code: 'PASSKEY_LIMIT_REACHED' });
      expect(await list()).toHaveLength(MAX_PASSKEYS);
    });
  });

  describe('sign-in', () => {
    beforeEach(async () => {
      await addPasskey(user, ada, authenticator);
    });

    it('creates a session for the account of the passkey, and records its use', async () => {
      const options = JSON.parse(await startSignIn()) as object;
      expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
      expect(options).not.toHaveProperty('allowCredentials');
      const session = await signIn({ isBackedUp: true });
      expect(session).toMatchObject({
        account: { id: ada.accountId, email: ada.email },
        selectedProfileId: ada.profileId,
      });
      await user.client.refreshSession({ refreshToken: session.refreshToken });
      expect(await list()).toMatchObject([{ lastUsedAt: expect.any(String), isBackedUp: true }]);
      expect(await listEventKinds(user, ada)).toEqual(['SIGNED_IN_WITH_PASSKEY', 'PASSKEY_ADDED', 'ACCOUNT_CREATED']);
    });

    it('signs in with a passkey while wrong passwords lock the account, and does not end the lock', async () => {
      for (let count = 0; count < MAX_FAILURES; count += 1)
        await signInWithPassword(user, ada.email, 'wrong').catch(() => undefined);
      await signIn();
      await expect(signInWithPassword(user, ada.email)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
    });

    it('rejects a response that was used, also if both arrive concurrently', async () => {
      const credential = authenticator.sign(await startSignIn());
      const results = await Promise.allSettled([finishSignIn(credential), finishSignIn(credential)]);
      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      await expect(finishSignIn(credential)).rejects.toMatchObject(REJECTED);
    });

    it('returns the same error for each reason of a rejection', async () => {
      const expired = authenticator.sign(await startSignIn());
      await expireChallenges();
      const stranger = new TestAuthenticator();
      stranger.userHandle = authenticator.userHandle;
      const options = await startSignIn();
      const signed = authenticator.sign(options);
      const forged = { ...signed, response: stranger.sign(options).response };
      const anotherUser = authenticator.sign(await startSignIn());
      const userHandle = Buffer.alloc(16).toString('base64url');
      const { challenge } = JSON.parse(await startRegistration()) as { challenge: string };
      const credentials = {
        expired,
        forged,
        unknown: stranger.sign(await startSignIn()),
        ofAnotherUser: { ...anotherUser, response: { ...anotherUser.response, userHandle } },
        ofRegistration: authenticator.sign(JSON.stringify({ challenge, rpId: 'localhost' })),
        fromAnotherWebsite: authenticator.sign(await startSignIn(), { origin: 'https://localhost:8400' }),
        forAnotherRelyingParty: authenticator.sign(await startSignIn(), { rpId: 'evil.example' }),
        withoutVerification: authenticator.sign(await startSignIn(), { isUserVerified: false }),
      };
      const responses = new Set<string>();
      for (const credential of Object.values(credentials)) {
        const error: unknown = await finishSignIn(credential).catch((reason: unknown) => reason);
        expect(error).toMatchObject(REJECTED);
        responses.add(JSON.stringify(error));
      }
      expect([...responses]).toHaveLength(1);
      expect(await listEventKinds(user, ada)).toEqual(['PASSKEY_ADDED', 'ACCOUNT_CREATED']);
      await signIn();
    });

    it('rejects a counter that has not increased, and records it', async () => {
      authenticator.counter = 5;
      await signIn();
      await signIn();
      authenticator.counter = 6;
      await expect(signIn()).rejects.toMatchObject(REJECTED);
      authenticator.counter = 0;
      await expect(signIn()).rejects.toMatchObject(REJECTED);
      expect(await listEventKinds(user, ada)).toEqual([
        'PASSKEY_REJECTED',
        'PASSKEY_REJECTED',
        'SIGNED_IN_WITH_PASSKEY',
        'SIGNED_IN_WITH_PASSKEY',
        'PASSKEY_ADDED',
        'ACCOUNT_CREATED',
      ]);
    });

    it('adds no security event for a lower counter in a response with a wrong signature', async () => {
      authenticator.counter = 5;
      await signIn();
      const copy = new TestAuthenticator();
      copy.userHandle = authenticator.userHandle;
      const { response } = copy.sign(await startSignIn());
      const id = authenticator.credentialId.toString('base64url');
      await expect(finishSignIn({ id, rawId: id, type: 'public-key', response })).rejects.toMatchObject(REJECTED);
      expect(await listEventKinds(user, ada)).not.toContain('PASSKEY_REJECTED');
    });
  });

  it('renames a passkey of the caller', async () => {
    const { id } = await addPasskey(user, ada);
    const { passkey } = await ada.run(() => user.client.renamePasskey({ passkeyId: id, name: ' Phone ' }));
    expect(passkey).toMatchObject({ id, name: 'Phone' });
    expect(await list()).toEqual([passkey]);
  });

  it('rejects a sign-in with a removed passkey, and sends a notice to the owner', async () => {
    const { id } = await addPasskey(user, ada, authenticator);
    await user.receiveMail(ada.email);
    const pending = authenticator.sign(await startSignIn());
    await ada.run(() => user.client.removePasskey({ passkeyId: id }));
    await expect(finishSignIn(pending)).rejects.toMatchObject(REJECTED);
    expect(await list()).toEqual([]);
    expect(await listEventKinds(user, ada)).toEqual(['PASSKEY_REMOVED', 'PASSKEY_ADDED', 'ACCOUNT_CREATED']);
    expect((await user.receiveMail(ada.email)).subject).toBe('A passkey was removed from your account');
    await expect(ada.run(() => user.client.removePasskey({ passkeyId: id }))).rejects.toMatchObject(NOT_FOUND);
  });

  it('returns PASSKEY_NOT_FOUND for the passkey of another account', async () => {
    const { id } = await addPasskey(user, await signUp(user), authenticator);
    for (const passkeyId of [id, randomUUID(), 'x']) {
      const rename = ada.run(() => user.client.renamePasskey({ passkeyId, name: 'Mine' }));
      await expect(rename).rejects.toMatchObject(NOT_FOUND);
      await expect(ada.run(() => user.client.removePasskey({ passkeyId }))).rejects.toMatchObject(NOT_FOUND);
    }
    await signIn();
  });

  it('returns PROFILE_LIMITED to profiles with a maximum age', async () => {
    const { accountId, profileId } = ada;
    const asChild = <Result>(work: () => Promise<Result>) =>
      runAs({ ...newCaller(), accountId, profileId, maximumAge: 8 }, work);
    const limited = { code: 'PROFILE_LIMITED' };
    await expect(asChild(() => user.client.listPasskeys({}))).rejects.toMatchObject(limited);
    const start = asChild(() => user.client.startPasskeyRegistration({ password: PASSWORD }));
    await expect(start).rejects.toMatchObject(limited);
  });

  it('deletes expired challenges', async () => {
    await startSignIn();
    await startRegistration();
    const count = async () => (await user.database.query('SELECT 1 FROM passkey_challenge')).length;
    await user.get(RowCleanups).run();
    expect(await count()).toBeGreaterThanOrEqual(2);
    await user.database.query(`UPDATE passkey_challenge SET expires_at = now() - interval '1 second'`);
    await user.get(RowCleanups).run();
    expect(await count()).toBe(0);
  });
});
