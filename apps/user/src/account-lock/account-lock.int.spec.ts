import { uniqueName } from '@viernes/testing';
import { RowCleanups } from '@viernes/database';
import { newCaller, observeCall, type ObservedCall } from '@viernes/platform/testing';
import { DataSource } from 'typeorm';
import { PasswordHashing } from '../account/password-hashing.js';
import { MailRequestProcessor } from '../password/mail-request-processor.js';
import {
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';
import { hashEmail, MAX_FAILURES } from './account-lock.js';

const WRONG = 'a wrong password';
const NEW_PASSWORD = 'battery staple horse';
const REJECTED = { code: 'CREDENTIALS_WRONG' };

describe('account locks', () => {
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

  const fail = async (email: string, times = 1): Promise<void> => {
    for (let count = 0; count < times; count += 1)
      await expect(signInWithPassword(user, email, WRONG)).rejects.toMatchObject(REJECTED);
  };
  const find = async (email: string) => {
    const [row] = await user.database.query<{ count: number; lockSeconds: number }>(
      `SELECT count, round(extract(epoch FROM locked_until - failed_at))::int AS "lockSeconds"
       FROM password_failure WHERE email_hash = $1`,
      [hashEmail(email)],
    );
    return row;
  };
  /** Moves the failures of an account into the past. */
  const passHours = (email: string, hours: number) =>
    user.database.query(
      `UPDATE password_failure SET failed_at = failed_at - make_interval(hours => $2),
         locked_until = locked_until - make_interval(hours => $2) WHERE email_hash = $1`,
      [hashEmail(email), hours],
    );
  const sendMails = () => user.get(MailRequestProcessor).run(new AbortController().signal);

  it('rejects the correct password like a wrong one after repeated failures, until the lock ends', async () => {
    await fail(ada.email, MAX_FAILURES - 1);
    await expect(signInWithPassword(user, ada.email.toUpperCase())).resolves.toBeDefined();
    await fail(ada.email, MAX_FAILURES);
    const rejections = await Promise.allSettled([
      signInWithPassword(user, ada.email, WRONG),
      signInWithPassword(user, ada.email),
    ]);
    const [wrong, locked] = rejections.map((result) =>
      result.status === 'rejected' ? (result.reason as unknown) : {},
    );
    expect(locked).toMatchObject(REJECTED);
    expect(JSON.stringify(locked)).toBe(JSON.stringify(wrong));
    await passHours(ada.email, 1);
    await expect(signInWithPassword(user, ada.email)).resolves.toBeDefined();
    expect(await find(ada.email)).toBeUndefined();
  });

  it('returns the same, with the same statements, for a wrong password, an unknown account, and a locked account', async () => {
    const bob = await signUp(user);
    await fail(bob.email, MAX_FAILURES);
    const hashing = user.get(PasswordHashing);
    const verify = hashing.verify.bind(hashing);
    let hashes = 0;
    hashing.verify = (...credentials) => {
      hashes += 1;
      return verify(...credentials);
    };
    const attempts = [
      [ada.email, WRONG],
      [`${uniqueName('unknown')}@example.org`, WRONG],
      [bob.email, WRONG],
      [bob.email, PASSWORD],
    ] as const;
    const observed: (ObservedCall & { readonly hashes: number })[] = [];
    for (const [email, password] of attempts) {
      hashes = 0;
      const call = () => user.client.createSession({ email, password });
      observed.push({ ...(await observeCall(user.get(DataSource), newCaller(), call)), hashes });
    }
    hashing.verify = verify;
    const [wrong, ...others] = observed;
    expect(wrong).toMatchObject({ ...REJECTED, hashes: 1 });
    expect(wrong?.statements.length).toBeGreaterThan(3);
    expect(others).toEqual([wrong, wrong, wrong]);
  });

  it('locks longer after each further failure, but does not extend a lock', async () => {
    await fail(ada.email, MAX_FAILURES + 3);
    expect(await find(ada.email)).toMatchObject({ count: MAX_FAILURES });
    await passHours(ada.email, 1);
    await fail(ada.email);
    expect(await find(ada.email)).toEqual({ count: MAX_FAILURES + 1, lockSeconds: 120 });
  });

  it('accepts no correct guess after a lock that concurrent guesses caused', async () => {
    await fail(ada.email, MAX_FAILURES - 1);
    const guesses = [WRONG, WRONG, WRONG, WRONG, PASSWORD].map((password) =>
      signInWithPassword(user, ada.email, password),
    );
    const results = await Promise.allSettled(guesses);
    expect(results.filter(({ status }) => status === 'fulfilled')).toEqual([]);
    expect(await find(ada.email)).toMatchObject({ count: MAX_FAILURES });
  });

  it('counts wrong passwords for an email without an account, and stores only its hash', async () => {
    const email = `${uniqueName('unknown')}@example.org`;
    await fail(email, MAX_FAILURES + 1);
    expect(await find(email)).toMatchObject({ count: MAX_FAILURES });
    await sendMails();
    expect(await user.countMails(email)).toBe(0);
  });

  describe('of a signed-in caller', () => {
    const change = (password: string) =>
      ada.run(() => user.client.changePassword({ password, newPassword: NEW_PASSWORD }));
    const failChange = () => expect(change(WRONG)).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });

    it('wrong current passwords lock the change of the password, and sign-ins remain possible', async () => {
      for (let count = 0; count < MAX_FAILURES; count += 1) await failChange();
      await expect(change(PASSWORD)).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
      await expect(signInWithPassword(user, ada.email)).resolves.toBeDefined();
    });

    it('failed sign-ins do not lock a signed-in caller, so that the owner can change the password', async () => {
      await fail(ada.email, MAX_FAILURES);
      await expect(signInWithPassword(user, ada.email)).rejects.toMatchObject(REJECTED);
      await expect(change(PASSWORD)).resolves.toBeDefined();
    });

    it('a reset of the password ends the lock of a signed-in caller', async () => {
      for (let count = 0; count < MAX_FAILURES; count += 1) await failChange();
      await user.client.requestPasswordReset({ email: ada.email });
      await sendMails();
      const mails = [await user.receiveMail(ada.email), await user.receiveMail(ada.email)];
      const token = mails.find(({ text }) => text.includes('/reset-password'))?.token ?? '';
      await user.client.resetPassword({ token, newPassword: PASSWORD });
      await expect(change(PASSWORD)).resolves.toBeDefined();
    });
  });

  it('sends the owner one mail for locks in a row, and a reset of the password ends the lock', async () => {
    await fail(ada.email, MAX_FAILURES);
    await passHours(ada.email, 1);
    await fail(ada.email);
    await sendMails();
    const mail = await user.receiveMail(ada.email);
    expect(mail).toMatchObject({
      subject: 'Your account is locked',
      text: expect.stringContaining('/forgot-password'),
    });
    expect(await user.countMails(ada.email)).toBe(0);

    await user.client.requestPasswordReset({ email: ada.email });
    await sendMails();
    const { token } = await user.receiveMail(ada.email);
    await user.client.resetPassword({ token, newPassword: NEW_PASSWORD });
    await expect(signInWithPassword(user, ada.email, NEW_PASSWORD)).resolves.toBeDefined();
  });

  it('forgets failures a day after the last one', async () => {
    const bob = await signUp(user);
    for (const { email } of [ada, bob]) await fail(email, MAX_FAILURES - 1);
    await passHours(ada.email, 25);
    await fail(ada.email);
    expect(await find(ada.email)).toMatchObject({ count: 1 });
    await passHours(ada.email, 25);
    await user.get(RowCleanups).run();
    expect(await find(ada.email)).toBeUndefined();
    expect(await find(bob.email)).toMatchObject({ count: MAX_FAILURES - 1 });
  });
});
