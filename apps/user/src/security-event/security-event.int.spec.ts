import { runInContext, currentContext } from '@viernes/platform';
import { AccountChangedV1, userV1 } from '@viernes/contracts';
import { eventually, TestEventReader } from '@viernes/testing';
import { RowCleanups } from '@viernes/database';
import {
  listEventKinds,
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';
import { MailRequestProcessor } from '../password/mail-request-processor.js';

const CLIENT = { address: '192.0.2.7', userAgent: 'Firefox/140.0' };
const { SecurityEventKind } = userV1;

describe('security events', () => {
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

  const withClient = <Result>(work: () => Result): Result =>
    runInContext({ ...currentContext(), client: CLIENT }, work);
  const list = (account: TestAccount, pageSize = 0, cursor = '') =>
    account.run(() => user.client.listSecurityEvents({ pageSize, cursor }));

  it('records sign-ins with address and device, rejected passwords, and ends of sessions', async () => {
    const session = await withClient(() => signInWithPassword(user, ada.email));
    const other = await signInWithPassword(user, ada.email);
    await expect(signInWithPassword(user, ada.email, 'a wrong password')).rejects.toMatchObject({
      code: 'CREDENTIALS_WRONG',
    });
    await ada.run(() => user.client.revokeSession({ sessionId: other.id }), session.id);
    await ada.run(() => user.client.revokeSession({ sessionId: other.id }), session.id);
    await signInWithPassword(user, ada.email);
    await ada.run(() => user.client.revokeOtherSessions({}), session.id);
    await ada.run(() => user.client.revokeOtherSessions({}), session.id);
    await ada.run(() => user.client.revokeSession({ sessionId: '' }), session.id);
    expect(await listEventKinds(user, ada)).toEqual([
      'SIGNED_OUT',
      'SESSIONS_ENDED',
      'SIGNED_IN',
      'SESSION_ENDED',
      'PASSWORD_REJECTED',
      'SIGNED_IN',
      'SIGNED_IN',
      'ACCOUNT_CREATED',
    ]);
    const { events } = await list(ada);
    expect(events.at(-2)).toMatchObject({ ...CLIENT, occurredAt: expect.any(String) });
    expect(events.at(-3)).toMatchObject({ address: '', userAgent: '' });
    const [row] = await user.database.query<{ session_id: string }>(
      `SELECT session_id FROM security_event WHERE account_id = $1 AND kind = 'signedIn' ORDER BY id LIMIT 1`,
      [ada.accountId],
    );
    expect(row?.session_id).toBe(session.id);
  });

  it('records changes and resets of the password, and changes of the email', async () => {
    const newPassword = 'battery staple horse';
    const email = `new-${ada.email}`;
    await ada.run(() => user.client.changePassword({ password: PASSWORD, newPassword }));
    await ada.run(() => user.client.changeEmail({ password: newPassword, email }));
    await user.client.verifyEmail({ token: (await user.receiveMail(email)).token });
    await user.client.requestPasswordReset({ email });
    await user.get(MailRequestProcessor).run(new AbortController().signal);
    await user.client.resetPassword({ token: (await user.receiveMail(email)).token, newPassword });
    expect(await listEventKinds(user, ada)).toEqual([
      'PASSWORD_RESET',
      'EMAIL_VERIFIED',
      'EMAIL_CHANGE_REQUESTED',
      'PASSWORD_CHANGED',
      'ACCOUNT_CREATED',
    ]);
  });

  it('records created and deleted profiles, and changes of PINs and age limits, but not of names', async () => {
    const { profileId } = ada;
    const run = <Result>(work: () => Promise<Result>) => ada.runAsProfile(work);
    const request = { name: 'Bo', avatar: '', language: 'en', isKids: false, maximumAge: undefined, pin: '' };
    const { profile } = await run(() => user.client.createProfile(request));
    const kidId = profile?.id ?? '';
    const update = (changes: Partial<userV1.UpdateProfileRequest>) =>
      run(() => user.client.updateProfile({ profileId: kidId, maximumAgeChange: undefined, ...changes }));
    await update({ name: 'Bobby' });
    await update({ maximumAgeChange: { maximumAge: 13 } });
    await update({ isKids: true });
    await run(() => user.client.setProfilePin({ profileId, pin: '0123' }));
    await run(() => user.client.removeProfilePin({ profileId, password: PASSWORD }));
    await run(() => user.client.deleteProfile({ profileId: kidId }));
    expect(await listEventKinds(user, ada)).toEqual([
      'PROFILE_DELETED',
      'PIN_REMOVED',
      'PIN_SET',
      'PROFILE_LIMIT_CHANGED',
      'PROFILE_LIMIT_CHANGED',
      'PROFILE_CREATED',
      'ACCOUNT_CREATED',
    ]);
  });

  it('publishes changes of profiles, and security events except rejected sign-ins, with kind and session', async () => {
    const reader = await TestEventReader.connect(AccountChangedV1);
    const session = await signInWithPassword(user, ada.email);
    await signInWithPassword(user, ada.email, 'a wrong password').catch(() => undefined);
    const { profileId } = ada;
    await ada.runAsProfile(() => user.client.updateProfile({ profileId, name: 'Bea', maximumAgeChange: undefined }));
    await ada.run(() => user.client.revokeSession({ sessionId: '' }), session.id);
    const listEvents = () => reader.received.filter(({ accountId }) => accountId === ada.accountId);
    await eventually(() => listEvents().some(({ kind }) => kind === 'signedOut'));
    expect(listEvents()).toMatchObject([
      { kind: 'accountCreated' },
      { kind: 'signedIn', sessionId: session.id },
      { kind: 'profileChanged', profileId },
      { kind: 'signedOut', sessionId: session.id },
    ]);
    await reader.close();
  });

  it('records the lock of an account once', async () => {
    for (let count = 0; count < 12; count += 1)
      await signInWithPassword(user, ada.email, 'a wrong password').catch(() => undefined);
    const kinds = await listEventKinds(user, ada);
    expect(kinds.filter((kind) => kind === 'ACCOUNT_LOCKED')).toHaveLength(1);
    expect(kinds.filter((kind) => kind === 'PASSWORD_REJECTED')).toHaveLength(12);
  });

  it('does not record a change that fails', async () => {
    const change = ada.run(() => user.client.changeEmail({ password: PASSWORD, email: ada.email.replace('@', '') }));
    await expect(change).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    for (let count = 0; count < 3; count += 1)
      await ada
        .run(() => user.client.changeEmail({ password: PASSWORD, email: `x-${ada.email}` }))
        .catch(() => undefined);
    expect((await listEventKinds(user, ada)).filter((kind) => kind === 'EMAIL_CHANGE_REQUESTED')).toHaveLength(2);
  });

  it('returns the security events of the caller in pages, and no others', async () => {
    await signInWithPassword(user, ada.email);
    await signInWithPassword(user, ada.email);
    const bob = await signUp(user);
    const first = await list(ada, 2);
    expect(first.events).toHaveLength(2);
    const second = await list(ada, 2, first.nextCursor);
    expect(second).toMatchObject({ events: [{ kind: SecurityEventKind.SECURITY_EVENT_KIND_ACCOUNT_CREATED }] });
    expect(second.nextCursor).toBe('');
    expect(await listEventKinds(user, bob)).toEqual(['ACCOUNT_CREATED']);
    await expect(list(ada, 2, 'x')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('deletes events without an account after one day', async () => {
    await signInWithPassword(user, 'nobody@example.org').catch(() => undefined);
    const count = async () =>
      (await user.database.query('SELECT 1 FROM security_event WHERE account_id IS NULL')).length;
    const cleanUp = () => user.get(RowCleanups).run();
    await cleanUp();
    expect(await count()).toBe(1);
    await user.database.query(`UPDATE security_event SET occurred_at = now() - interval '25 hours'`);
    await cleanUp();
    expect(await count()).toBe(0);
    expect(await listEventKinds(user, ada)).toEqual(['ACCOUNT_CREATED']);
  });

  it('deletes events after 180 days', async () => {
    await signInWithPassword(user, ada.email);
    await user.database.query(
      `UPDATE security_event SET occurred_at = now() - interval '181 days' WHERE account_id = $1 AND kind = 'accountCreated'`,
      [ada.accountId],
    );
    await user.get(RowCleanups).run();
    expect(await listEventKinds(user, ada)).toEqual(['SIGNED_IN']);
  });
});
