import { uniqueName } from '@viernes/testing';
import { getTranslations } from '@viernes/translations';
import { addPasskey, TestAuthenticator } from '../testing/test-authenticator.js';
import {
  createApiKey,
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';
import { MailRequestProcessor } from './mail-request-processor.js';

const NEW_PASSWORD = 'battery staple horse';
const WRONG = { code: 'PASSWORD_WRONG' };
const EXPIRED = { code: 'LINK_EXPIRED' };

describe('passwords', () => {
  let user: TestUser;
  let ada: TestAccount;

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
    await user.receiveMail(ada.email);
  });

  const requestReset = async (email: string): Promise<void> => {
    await user.client.requestPasswordReset({ email });
    await user.get(MailRequestProcessor).run(new AbortController().signal);
  };
  /** Notices about passkeys, API keys and passwords arrive at the same address. */
  const receiveReset = async () => {
    for (;;) {
      const mail = await user.receiveMail(ada.email);
      if (mail.text.includes('/reset-password')) return mail;
    }
  };
  const refresh = (refreshToken: string) => user.client.refreshSession({ refreshToken });

  it('resets a password once with the link in a mail, verifies the email, and ends all sessions', async () => {
    const session = await signInWithPassword(user, ada.email);
    await requestReset(ada.email.toUpperCase());
    const { token, text } = await user.receiveMail(ada.email);
    expect(text).toContain(`/reset-password#${token}`);

    const { endedSessionIds } = await user.client.resetPassword({ token, newPassword: NEW_PASSWORD });
    expect(endedSessionIds).toEqual([session.id]);
    await expect(refresh(session.refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(signInWithPassword(user, ada.email)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
    expect((await signInWithPassword(user, ada.email, NEW_PASSWORD)).account?.emailVerifiedAt).toEqual(
      expect.any(String),
    );
    await expect(user.client.resetPassword({ token, newPassword: NEW_PASSWORD })).rejects.toMatchObject(EXPIRED);
    expect((await user.receiveMail(ada.email)).subject).toBe('Your password has changed');
  });

  it('removes the passkeys and API keys that were added before the email was verified', async () => {
    await addPasskey(user, ada);
    const { secret } = await createApiKey(user, ada);
    await requestReset(ada.email);
    const { token } = await receiveReset();
    const { endedSessionIds } = await user.client.resetPassword({ token, newPassword: NEW_PASSWORD });
    expect(await ada.run(() => user.client.listPasskeys({}))).toEqual({ passkeys: [] });
    await expect(user.client.verifyApiKey({ secret })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const [{ id: secretId = '' } = {}] = await user.database.query<{ id: string }>(
      'SELECT s.id FROM api_key_secret s JOIN api_key k ON k.id = s.api_key_id WHERE k.account_id = $1',
      [ada.accountId],
    );
    expect(endedSessionIds).toContain(secretId);
  });

  it('leaves the passkeys and API keys that were added after the email was verified', async () => {
    await ada.run(() => user.client.requestEmailVerification({}));
    await user.client.verifyEmail({ token: (await user.receiveMail(ada.email)).token });
    const passkey = await addPasskey(user, ada);
    const { secret } = await createApiKey(user, ada);
    // A reset verifies the email again. The time of the first verification must not change.
    for (const newPassword of [NEW_PASSWORD, PASSWORD]) {
      await requestReset(ada.email);
      await user.client.resetPassword({ token: (await receiveReset()).token, newPassword });
    }
    expect((await ada.run(() => user.client.listPasskeys({}))).passkeys).toMatchObject([{ id: passkey.id }]);
    await expect(user.client.verifyApiKey({ secret })).resolves.toMatchObject({ accountId: ada.accountId });
  });

  it.each(['reset', 'changed'])(
    'adds no passkey whose registration was started before the password was %s',
    async (how) => {
      const { optionsJson } = await ada.run(() => user.client.startPasskeyRegistration({ password: PASSWORD }));
      const credentialJson = JSON.stringify(new TestAuthenticator().create(optionsJson));
      if (how === 'reset') {
        await requestReset(ada.email);
        await user.client.resetPassword({ token: (await receiveReset()).token, newPassword: NEW_PASSWORD });
      } else await ada.run(() => user.client.changePassword({ password: PASSWORD, newPassword: NEW_PASSWORD }));
      // An edge that has already verified the access token still sends the request.
      const finished = ada.run(() => user.client.finishPasskeyRegistration({ name: 'Laptop', credentialJson }));
      await expect(finished).rejects.toMatchObject({ code: 'PASSKEY_REJECTED' });
    },
  );

  it('sends mails in the language that the owner has chosen last, not in that of other profiles', async () => {
    const change = (profileId: string, language: string) =>
      ada.run(() => user.client.updateProfile({ profileId, language, maximumAgeChange: undefined }));
    await change(ada.profileId, 'es');
    await change(ada.profileId, 'pt-BR');
    const { profile } = await ada.run(() =>
      user.client.createProfile({
        name: 'Bo',
        avatar: '',
        language: 'es',
        isKids: false,
        maximumAge: undefined,
        pin: '',
      }),
    );
    await change(profile?.id ?? '', 'en');
    await requestReset(ada.email);
    const { subject } = await user.receiveMail(ada.email);
    expect(subject).toBe(getTranslations('es').mails.passwordReset.subject);
  });

  it('returns the same response for an unknown email, and stores nothing about it', async () => {
    const email = `${uniqueName('unknown')}@example.org`;
    const [known, unknown] = await Promise.all([
      user.client.requestPasswordReset({ email: ada.email }),
      user.client.requestPasswordReset({ email }),
    ]);
    expect(unknown).toEqual(known);
    await requestReset(email);
    expect(await user.countMails(email)).toBe(0);
    expect(await user.database.query('SELECT 1 FROM mail_request')).toEqual([]);
  });

  it('sends the mails of other accounts while one mail fails, and sends that one later', async () => {
    const bob = await signUp(user);
    await user.receiveMail(bob.email);
    await user.database.query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.recipient = TG_ARGV[0] THEN RAISE 'not now'; END IF;
         RETURN NEW;
       END $$`,
    );
    await user.database.query(
      `CREATE TRIGGER fail BEFORE INSERT ON mail FOR EACH ROW EXECUTE FUNCTION fail('${ada.email}')`,
    );
    await user.client.requestPasswordReset({ email: ada.email });
    await user.client.requestPasswordReset({ email: bob.email });
    expect((await user.receiveMail(bob.email)).text).toContain('/reset-password');
    expect(await user.countMails(ada.email)).toBe(0);
    await user.database.query('DROP FUNCTION fail CASCADE');
    expect((await user.receiveMail(ada.email)).text).toContain('/reset-password');
  });

  it('sends at most three links in an hour, and returns the same response to further requests', async () => {
    for (let count = 0; count < 5; count += 1) await requestReset(ada.email);
    expect(await user.countMails(ada.email)).toBe(3);
  });

  it('does not reset a password with a link that verifies an email', async () => {
    await ada.run(() => user.client.requestEmailVerification({}));
    const { token } = await user.receiveMail(ada.email);
    await expect(user.client.resetPassword({ token, newPassword: NEW_PASSWORD })).rejects.toMatchObject(EXPIRED);
  });

  it('changes a password with the current one, and ends the other sessions', async () => {
    const [current, other] = [await signInWithPassword(user, ada.email), await signInWithPassword(user, ada.email)];
    await requestReset(ada.email);
    const { token } = await user.receiveMail(ada.email);
    const change = (password: string) =>
      ada.run(() => user.client.changePassword({ password, newPassword: NEW_PASSWORD }), current.id);
    await expect(change('a wrong password')).rejects.toMatchObject(WRONG);
    expect(await change(PASSWORD)).toEqual({ endedSessionIds: [other.id] });

    await expect(refresh(other.refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(refresh(current.refreshToken)).resolves.toBeDefined();
    await expect(signInWithPassword(user, ada.email, NEW_PASSWORD)).resolves.toBeDefined();
    expect((await user.receiveMail(ada.email)).subject).toBe('Your password has changed');
    await expect(user.client.resetPassword({ token, newPassword: PASSWORD })).rejects.toMatchObject(EXPIRED);
    const withoutCaller = user.client.changePassword({ password: PASSWORD, newPassword: NEW_PASSWORD });
    await expect(withoutCaller).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('changes an email when the link sent to the new address is opened, and notifies the old address', async () => {
    const email = `${uniqueName('lovelace')}@example.org`;
    const change = (password: string) => ada.run(() => user.client.changeEmail({ password, email }));
    await expect(change('a wrong password')).rejects.toMatchObject(WRONG);
    await change(PASSWORD);
    expect(await user.receiveMail(ada.email)).toMatchObject({ subject: 'Your email address will change' });
    const { token } = await user.receiveMail(email);
    await expect(signInWithPassword(user, email)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });

    await user.client.verifyEmail({ token });
    expect((await signInWithPassword(user, email)).account).toMatchObject({ id: ada.accountId, email });
    await expect(signInWithPassword(user, ada.email)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
  });

  it('invalidates the link to a mistyped address, and links that were sent to the previous address', async () => {
    const [mistyped, email] = [`${uniqueName('x')}@example.org`, `${uniqueName('y')}@example.org`];
    await requestReset(ada.email);
    const reset = await user.receiveMail(ada.email);
    for (const each of [mistyped, email])
      await ada.run(() => user.client.changeEmail({ password: PASSWORD, email: each }));
    const { token } = await user.receiveMail(mistyped);
    await expect(user.client.verifyEmail({ token })).rejects.toMatchObject(EXPIRED);
    await user.client.verifyEmail({ token: (await user.receiveMail(email)).token });
    await expect(user.client.resetPassword({ token: reset.token, newPassword: NEW_PASSWORD })).rejects.toMatchObject(
      EXPIRED,
    );
  });

  it.each(['reset', 'change'] as const)(
    'invalidates the link to a new address after a %s of the password',
    async (by) => {
      const email = `${uniqueName('mallory')}@example.org`;
      await ada.run(() => user.client.changeEmail({ password: PASSWORD, email }));
      await user.receiveMail(ada.email);
      if (by === 'reset') {
        await requestReset(ada.email);
        await user.client.resetPassword({
          token: (await user.receiveMail(ada.email)).token,
          newPassword: NEW_PASSWORD,
        });
      } else {
        await ada.run(() => user.client.changePassword({ password: PASSWORD, newPassword: NEW_PASSWORD }));
      }
      const { token } = await user.receiveMail(email);
      await expect(user.client.verifyEmail({ token })).rejects.toMatchObject(EXPIRED);
    },
  );

  it('assigns an email to one of several accounts that verify it at the same time', async () => {
    const email = `${uniqueName('shared')}@example.org`;
    const accounts = [ada, await signUp(user), await signUp(user)];
    for (const account of accounts) {
      await account.run(() => user.client.changeEmail({ password: PASSWORD, email }));
    }
    const mails = [await user.receiveMail(email), await user.receiveMail(email), await user.receiveMail(email)];
    const results = await Promise.allSettled(mails.map(({ token }) => user.client.verifyEmail({ token })));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(failures).toMatchObject([{ code: 'EMAIL_TAKEN' }, { code: 'EMAIL_TAKEN' }]);
  });

  it('rejects the email of another account, also if that account is created after the request', async () => {
    const bob = await signUp(user);
    const change = (email: string) => ada.run(() => user.client.changeEmail({ password: PASSWORD, email }));
    await expect(change(bob.email)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
    const email = `${uniqueName('ada')}@example.org`;
    await change(email);
    const { token } = await user.receiveMail(email);
    await user.client.createAccount({ email, password: PASSWORD, profileName: 'Carol' });
    await expect(user.client.verifyEmail({ token })).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
  });
});
