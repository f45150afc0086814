import { hashToken } from '../random-token.js';
import { signInWithPassword, PASSWORD, signUp, startUser, type TestUser } from '../testing/test-user.js';
import { uniqueName } from '@viernes/testing';

const EXPIRED = { code: 'LINK_EXPIRED' };

describe('verification of an email', () => {
  let user: TestUser;

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());

  const verifiedAt = async (email: string): Promise<string | undefined> =>
    (await user.client.createSession({ email, password: PASSWORD })).session?.account?.emailVerifiedAt;

  it('verifies the email of a new account with the link that was sent to it, once', async () => {
    const { email } = await signUp(user);
    expect(await verifiedAt(email)).toBeUndefined();
    const { token, text } = await user.receiveMail(email);
    expect(text).toContain(`http://127.0.0.1:8400/verify-email#${token}`);
    await user.client.verifyEmail({ token });
    expect(await verifiedAt(email)).toEqual(expect.any(String));
    await expect(user.client.verifyEmail({ token })).rejects.toMatchObject(EXPIRED);
  });

  it('accepts a link once when it is opened several times at the same time', async () => {
    const { email } = await signUp(user);
    const { token } = await user.receiveMail(email);
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => user.client.verifyEmail({ token })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('writes the mail in the language of the account', async () => {
    const email = `${uniqueName('ana')}@example.org`;
    const account = { email, password: PASSWORD, profileName: 'Ana' };
    await user.client.createAccount({ ...account, language: 'es' });
    const { subject, text, html } = await user.receiveMail(email);
    expect(subject).toBe('Confirma tu dirección de correo');
    expect(text).toContain('El enlace es válido');
    expect(html).toContain('<html lang="es">');
    await expect(user.client.createAccount({ ...account, email: `x${email}`, language: 'xx' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
    });
  });

  it('writes the mail in the language of the profile that requests it', async () => {
    const { email, profileId, run } = await signUp(user);
    await user.receiveMail(email);
    const session = await signInWithPassword(user, email);
    const update = { profileId, language: 'es', maximumAgeChange: undefined };
    await run(() => user.client.updateProfile(update), session.id);
    await run(() => user.client.requestEmailVerification({}), session.id);
    expect((await user.receiveMail(email)).subject).toBe('Confirma tu dirección de correo');
  });

  it('sends at most three links in an hour, also for concurrent requests, and none if the email is verified', async () => {
    const ada = await signUp(user);
    const request = () => ada.run(() => user.client.requestEmailVerification({}));
    const results = await Promise.allSettled(Array.from({ length: 5 }, request));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    await expect(request()).rejects.toMatchObject({ code: 'MAIL_LIMIT_REACHED' });
    const mails = [await user.receiveMail(ada.email), await user.receiveMail(ada.email)];
    await user.receiveMail(ada.email);
    expect(await user.countMails(ada.email)).toBe(0);

    await user.client.verifyEmail({ token: mails[0]?.token ?? '' });
    await expect(user.client.verifyEmail({ token: mails[1]?.token ?? '' })).rejects.toMatchObject(EXPIRED);
    await expect(request()).resolves.toEqual({});
    await expect(user.client.requestEmailVerification({})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('rejects a link after a day, and stores tokens only as hashes', async () => {
    const { email } = await signUp(user);
    const { token } = await user.receiveMail(email);
    const rows = await user.database.query<{ row: string }>('SELECT mail_link::text AS row FROM mail_link');
    // PostgreSQL prints bytea columns in hexadecimal digits.
    const text = rows.map(({ row }) => row).join('\n');
    expect(text).toContain(hashToken(token).toString('hex'));
    for (const bytes of [Buffer.from(token), Buffer.from(token, 'base64url')]) {
      expect(text).not.toContain(bytes.toString('hex'));
      expect(text).not.toContain(bytes.toString('base64'));
    }
    expect(text).not.toContain(token);
    await user.database.query(`UPDATE mail_link SET expires_at = expires_at - interval '24 hours'`);
    await expect(user.client.verifyEmail({ token })).rejects.toMatchObject(EXPIRED);
  });

  it.each([
    ['an empty token', ''],
    ['a token with a NUL character', '\u0000'],
    ['a token of 10,240 characters', 'x'.repeat(10_240)],
  ])('rejects %s', async (_, token) => {
    await expect(user.client.verifyEmail({ token })).rejects.toMatchObject({
      code: expect.stringMatching(/LINK_EXPIRED|REQUEST_INVALID/),
    });
  });
});
