import { randomUUID } from 'node:crypto';
import { userV1 } from '@viernes/contracts';
import { RowCleanups } from '@viernes/database';
import { runWithKey } from '@viernes/platform/testing';
import { startSignInProvider, UNVERIFIED, uniqueName, type TestSignInProvider } from '@viernes/testing';
import { decodeJwt } from 'jose';
import { MAX_FAILURES } from '../account-lock/account-lock.js';
import { MailRequestProcessor } from '../password/mail-request-processor.js';
import { FakeIssuer, type Misbehavior } from '../testing/fake-issuer.js';
import {
  listEventKinds,
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';

const REJECTED = { code: 'IDENTITY_REJECTED' };
const UNAVAILABLE = { code: 'SIGN_IN_PROVIDER_UNAVAILABLE' };
/** The default of WEB_URL. */
const CALLBACK = 'http://127.0.0.1:8400/sign-in/callback';

interface Started {
  readonly url: string;
  readonly browserSecret: string;
}

describe('sign-in with OpenID Connect', () => {
  let user: TestUser;
  let provider: TestSignInProvider;
  let fake: FakeIssuer;

  beforeAll(async () => {
    provider = await startSignInProvider({ redirectUri: CALLBACK });
    fake = await FakeIssuer.start();
    const { issuer, clientId, clientSecret } = provider;
    user = await startUser({
      providers: [{ id: 'real', name: 'Real', issuer, clientId, clientSecret }, fakeProvider()],
    });
  });
  afterAll(async () => {
    await user?.stop();
    await fake?.stop();
    await provider?.stop();
  });

  const fakeProvider = () => ({
    id: 'fake',
    name: 'Fake',
    issuer: fake.issuer,
    clientId: 'viernes',
    clientSecret: 'secret',
  });
  const newEmail = (prefix = 'ada'): string => `${uniqueName(prefix)}@example.org`;
  const start = (providerId = 'real'): Promise<Started> => user.client.startProviderSignIn({ providerId });
  /** Returns the response that the web app sends after the redirect. */
  const readResponse = (redirect: URL, browserSecret: string): userV1.ProviderResponse => ({
    state: redirect.searchParams.get('state') ?? '',
    code: redirect.searchParams.get('code') ?? '',
    issuer: redirect.searchParams.get('iss') ?? '',
    browserSecret,
  });
  const visit = async ({ url, browserSecret }: Started, email: string): Promise<userV1.ProviderResponse> =>
    readResponse(await provider.signIn(url, email), browserSecret);
  const finish = async (response: userV1.ProviderResponse, language = 'en'): Promise<userV1.Session> => {
    const { session } = await user.client.finishProviderSignIn({ response, language });
    if (!session) throw new Error('the response contains no session');
    return session;
  };
  const signIn = async (email: string): Promise<userV1.Session> => finish(await visit(await start(), email));
  const signUpVerified = async (at = user): Promise<TestAccount> => {
    const account = await signUp(at);
    const { token } = await at.receiveMail(account.email);
    await at.client.verifyEmail({ token });
    return account;
  };
  const startLink = (account: TestAccount, password = PASSWORD, providerId = 'real'): Promise<Started> =>
    account.run(() => user.client.startIdentityLink({ providerId, password }));
  const changePassword = (account: TestAccount, at = user) =>
    account.run(() => at.client.changePassword({ password: PASSWORD, newPassword: 'battery staple horse' }));
  const link = async (account: TestAccount, email: string): Promise<userV1.Identity | undefined> => {
    const response = await visit(await startLink(account), email);
    return (await account.run(() => user.client.finishIdentityLink({ response }))).identity;
  };
  const list = (account: TestAccount) => account.run(() => user.client.listIdentities({}));

  it('lists the configured providers, without their secrets', async () => {
    const { providers } = await user.client.listSignInProviders({});
    expect(providers).toEqual([
      { id: 'real', name: 'Real' },
      { id: 'fake', name: 'Fake' },
    ]);
    await expect(start('unknown')).rejects.toMatchObject({ code: 'SIGN_IN_PROVIDER_NOT_FOUND' });
  });

  it('creates an account with a verified email and a profile, and signs in to it again later', async () => {
    const email = newEmail();
    const first = await finish(await visit(await start(), email), 'es');
    expect(first.account).toMatchObject({ email, language: 'es', role: userV1.Role.ROLE_VIEWER });
    expect(first.account?.emailVerifiedAt).toBeDefined();
    expect(first.profiles).toMatchObject([{ name: 'Ada', language: 'es' }]);
    expect(first.selectedProfileId).toBe(first.profiles[0]?.id);
    expect(decodeJwt(first.accessToken)).toMatchObject({ sub: first.account?.id, pid: first.selectedProfileId });
    const second = await signIn(email);
    expect(second.account?.id).toBe(first.account?.id);
    expect(second.id).not.toBe(first.id);
    expect(await user.countMails(email)).toBe(0);
  });

  it('creates one account for concurrent first sign-ins', async () => {
    const email = newEmail();
    const responses = await Promise.all([start(), start()].map(async (started) => visit(await started, email)));
    const [one, other] = await Promise.all(responses.map((response) => finish(response)));
    expect(one?.account?.id).toBe(other?.account?.id);
  });

  it('creates no account for an email that the provider has not verified, whether an account has it or not', async () => {
    const response = { code: 'IDENTITY_EMAIL_UNVERIFIED' };
    const email = newEmail(UNVERIFIED);
    await expect(signIn(email)).rejects.toMatchObject(response);
    await user.client.createAccount({ email, password: PASSWORD, profileName: 'Ada' });
    await expect(signIn(email)).rejects.toMatchObject(response);
  });

  it('never takes over an account by its email, whether that is verified or not', async () => {
    for (const account of [await signUp(user), await signUpVerified()]) {
      await expect(signIn(account.email)).rejects.toMatchObject({ code: 'IDENTITY_NOT_LINKED' });
      expect((await list(account)).identities).toEqual([]);
    }
  });

  it('signs in to a locked account, but not to one whose deletion was requested', async () => {
    const account = await signUpVerified();
    const email = newEmail();
    await link(account, email);
    for (let count = 0; count < MAX_FAILURES; count += 1)
      await expect(signInWithPassword(user, account.email, 'a wrong password')).rejects.toMatchObject({
        code: 'CREDENTIALS_WRONG',
      });
    expect((await signIn(email)).account?.id).toBe(account.accountId);
    await user.database.query(`UPDATE account SET deletion_requested_at = now() WHERE id = $1`, [account.accountId]);
    await expect(signIn(email)).rejects.toMatchObject(REJECTED);
  });

  describe('a link', () => {
    it('links an identity with any email, records it, notifies the owner, and signs in with it', async () => {
      const account = await signUpVerified();
      const email = newEmail(UNVERIFIED);
      const identity = await link(account, email);
      expect(identity).toMatchObject({ providerName: 'Real', email: '' });
      expect(await list(account)).toEqual({ identities: [identity], hasPassword: true });
      expect((await user.receiveMail(account.email)).subject).toBe('A sign-in method was added to your account');
      expect((await signIn(email)).account?.id).toBe(account.accountId);
      expect((await list(account)).identities).toMatchObject([{ lastUsedAt: expect.any(String) as string }]);
      expect(await listEventKinds(user, account)).toEqual([
        'SIGNED_IN_WITH_IDENTITY',
        'IDENTITY_LINKED',
        'EMAIL_VERIFIED',
        'ACCOUNT_CREATED',
      ]);
    });

    it('requires the password and a verified email to link an identity', async () => {
      const unverified = await signUp(user);
      await expect(startLink(unverified)).rejects.toMatchObject({ code: 'EMAIL_UNVERIFIED' });
      const wrong = startLink(await signUpVerified(), 'a wrong password');
      await expect(wrong).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    });

    it('lets only the account that has started a link finish it', async () => {
      const [account, other] = [await signUpVerified(), await signUpVerified()];
      const response = await visit(await startLink(account), newEmail());
      const finishAs = (as: TestAccount) => as.run(() => user.client.finishIdentityLink({ response }));
      await expect(finishAs(other)).rejects.toMatchObject(REJECTED);
      await expect(finish(response)).rejects.toMatchObject(REJECTED);
      await expect(finishAs(account)).resolves.toMatchObject({ identity: { providerName: 'Real' } });
      const signInResponse = await visit(await start(), newEmail());
      const asLink = account.run(() => user.client.finishIdentityLink({ response: signInResponse }));
      await expect(asLink).rejects.toMatchObject(REJECTED);
    });

    it('rejects a link that was started before the password was changed', async () => {
      const account = await signUpVerified();
      const response = await visit(await startLink(account), newEmail());
      await changePassword(account);
      const finished = account.run(() => user.client.finishIdentityLink({ response }));
      await expect(finished).rejects.toMatchObject(REJECTED);
    });

    it('links neither an identity of another account nor a second one of the same provider', async () => {
      const [account, other] = [await signUpVerified(), await signUpVerified()];
      const email = newEmail();
      await link(account, email);
      const conflict = { code: 'IDENTITY_CONFLICT' };
      await expect(link(other, email)).rejects.toMatchObject(conflict);
      await expect(link(account, newEmail())).rejects.toMatchObject(conflict);
    });

    it('removes an identity, and sends a notice to the owner', async () => {
      const account = await signUpVerified();
      const email = newEmail();
      const identity = await link(account, email);
      await user.receiveMail(account.email);
      const remove = (identityId: string) => account.run(() => user.client.removeIdentity({ identityId }));
      await remove(identity?.id ?? '');
      expect((await user.receiveMail(account.email)).subject).toBe('A sign-in method was removed from your account');
      await expect(remove(identity?.id ?? '')).rejects.toMatchObject({ code: 'IDENTITY_NOT_FOUND' });
      expect((await signIn(email)).account?.id).not.toBe(account.accountId);
    });
  });

  it('lets the owner of an account without a password set one with a link that was sent by mail', async () => {
    const email = newEmail();
    const { account, profiles } = await signIn(email);
    const caller = { accountId: account?.id ?? '', profileId: profiles[0]?.id ?? '' };
    await expect(signInWithPassword(user, email)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
    await user.client.requestPasswordReset({ email });
    await user.get(MailRequestProcessor).run(new AbortController().signal);
    const { token } = await user.receiveMail(email);
    await user.client.resetPassword({ token, newPassword: PASSWORD });
    expect((await signInWithPassword(user, email)).account?.id).toBe(caller.accountId);
  });

  describe('a response', () => {
    it('accepts a response once, in the browser that has started the sign-in, and within 10 minutes', async () => {
      const response = await visit(await start(), newEmail());
      const { browserSecret } = await start();
      await expect(finish({ ...response, browserSecret })).rejects.toMatchObject(REJECTED);
      await finish(response);
      await expect(finish(response)).rejects.toMatchObject(REJECTED);
      await expect(finish({ ...response, state: randomUUID() })).rejects.toMatchObject(REJECTED);
      const late = await visit(await start(), newEmail());
      await user.database.query('UPDATE provider_authorization SET expires_at = now()');
      await expect(finish(late)).rejects.toMatchObject(REJECTED);
      await user.database.query(`UPDATE provider_authorization SET expires_at = now() - interval '1 second'`);
      await user.get(RowCleanups).run();
      expect(await user.database.query('SELECT 1 FROM provider_authorization')).toEqual([]);
    });

    it('opens one session if the request is repeated with its idempotency key', async () => {
      const response = await visit(await start(), newEmail());
      const key = randomUUID();
      const repeat = () => runWithKey(key, () => finish(response));
      const first = await repeat();
      expect(first.response.profiles).toMatchObject([{ id: first.response.selectedProfileId, name: 'Ada' }]);
      expect(await repeat()).toEqual({ ...first, isReplayed: true });
    });

    it('rejects a response with the code of another sign-in (PKCE)', async () => {
      const [own, foreign] = [await visit(await start(), newEmail()), await visit(await start(), newEmail())];
      await expect(finish({ ...own, code: foreign.code })).rejects.toMatchObject(REJECTED);
    });

    it('rejects a response of another issuer (mix-up attack)', async () => {
      const response = await visit(await start(), newEmail());
      await expect(finish({ ...response, issuer: fake.issuer })).rejects.toMatchObject(REJECTED);
      const withoutIssuer = await visit(await start(), newEmail());
      await expect(finish({ ...withoutIssuer, issuer: '' })).rejects.toMatchObject(REJECTED);
    });
  });

  describe('with a provider that misbehaves', () => {
    const now = Math.floor(Date.now() / 1_000);
    beforeEach(() => {
      fake.isAvailable = true;
      fake.misbehavior = {};
      fake.beforeResponse = () => undefined;
    });
    const visitFake = ({ url, browserSecret }: Started, misbehavior: Misbehavior): userV1.ProviderResponse => {
      const parameters = new URL(url).searchParams;
      fake.nonce = parameters.get('nonce') ?? '';
      fake.misbehavior = misbehavior;
      return { state: parameters.get('state') ?? '', code: 'code', issuer: fake.issuer, browserSecret };
    };
    const signInAtFake = async (misbehavior: Misbehavior): Promise<userV1.Session> =>
      finish(visitFake(await start('fake'), misbehavior));

    it('requests only what a sign-in needs, with PKCE', async () => {
      const { searchParams } = new URL((await start('fake')).url);
      expect(Object.fromEntries(searchParams)).toMatchObject({
        response_type: 'code',
        scope: 'openid email profile',
        redirect_uri: CALLBACK,
        code_challenge_method: 'S256',
      });
    });

    it('accepts a correct ID token', async () => {
      expect((await signInAtFake({})).account).toMatchObject({ email: 'ada@example.org' });
    });

    it.each<[string, Misbehavior]>([
      ['with another nonce', { claims: { nonce: 'x' } }],
      ['without a nonce', { without: ['nonce'] }],
      ['of another issuer', { claims: { iss: 'https://evil.example' } }],
      ['for another audience', { claims: { aud: 'another-client' } }],
      ['for several audiences without an authorized party', { claims: { aud: ['viernes', 'another-client'] } }],
      ['that has expired', { claims: { iat: now - 600, exp: now - 300 } }],
      ['without an expiry', { without: ['exp'] }],
      ['that is not valid yet', { claims: { nbf: now + 300 } }],
      ['without a subject', { without: ['sub'] }],
      ['without a signature (alg none)', { algorithm: 'none' }],
      ['signed with the public key as a secret (key confusion)', { algorithm: 'HS256' }],
      ['signed with an unknown key', { usesUnknownKey: true }],
      ['of a code that the provider rejects', { tokenStatus: 400 }],
    ])('rejects an ID token %s', async (_, misbehavior) => {
      await expect(signInAtFake(misbehavior)).rejects.toMatchObject(REJECTED);
    });

    it.each<[string, Misbehavior]>([
      ['text', { claims: { email_verified: 'true' } }],
      ['absent', { without: ['email_verified'] }],
    ])('does not regard an email as verified if the claim email_verified is %s', async (_, misbehavior) => {
      const result = signInAtFake({ ...misbehavior, claims: { sub: 'bob', email: newEmail(), ...misbehavior.claims } });
      await expect(result).rejects.toMatchObject({ code: 'IDENTITY_EMAIL_UNVERIFIED' });
    });

    it('rejects a link if the password changes before the provider returns its tokens', async () => {
      const account = await signUpVerified();
      const started = await startLink(account, PASSWORD, 'fake');
      const response = visitFake(started, { claims: { sub: account.accountId } });
      fake.beforeResponse = async (path) => void (path === '/token' && (await changePassword(account)));
      const finished = account.run(() => user.client.finishIdentityLink({ response }));
      await expect(finished).rejects.toMatchObject(REJECTED);
      expect((await list(account)).identities).toEqual([]);
    });

    it('does not start a link if the password changes while the metadata of the provider is read', async () => {
      // A service that has not read the metadata of the provider yet.
      const restarted = await startUser({ providers: [fakeProvider()] });
      try {
        const account = await signUpVerified(restarted);
        fake.beforeResponse = async () => void (await changePassword(account, restarted));
        const started = account.run(() =>
          restarted.client.startIdentityLink({ providerId: 'fake', password: PASSWORD }),
        );
        await expect(started).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
      } finally {
        await restarted.stop();
      }
    });

    it('reports a provider that does not respond', async () => {
      await expect(signInAtFake({ tokenStatus: 503 })).rejects.toMatchObject(UNAVAILABLE);
      const down = await startUser({ providers: [fakeProvider()] });
      try {
        fake.isAvailable = false;
        const attempt = () => down.client.startProviderSignIn({ providerId: 'fake' });
        await expect(attempt()).rejects.toMatchObject(UNAVAILABLE);
        fake.isAvailable = true;
        await expect(attempt()).resolves.toMatchObject({ url: expect.stringContaining(fake.issuer) as string });
      } finally {
        await down.stop();
      }
    });
  });
});
