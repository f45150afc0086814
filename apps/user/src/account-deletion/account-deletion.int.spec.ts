import { Logger } from '@nestjs/common';
import { AccountChangesAnonymizedV1, AccountDataDeletedV1, AccountDeletionRequestedV1 } from '@viernes/contracts';
import { Transactions } from '@viernes/database';
import type { Caller } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually, TestEventPublisher } from '@viernes/testing';
import { register } from 'prom-client';
import { AccountRepository } from '../account/account.repository.js';
import { addPasskey, TestAuthenticator } from '../testing/test-authenticator.js';
import {
  createApiKey,
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  waitUntilBlocked,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';
import { AccountDeletions } from './account-deletions.js';
import { DELETING_SERVICES } from './account-deletion.js';

const RESPONSES = { catalog: AccountChangesAnonymizedV1, video: AccountDataDeletedV1 } as const;

describe('the deletion of an account', () => {
  const admin = { email: 'admin@example.org', password: 'an admin password' };
  let user: TestUser;
  let publisher: TestEventPublisher;
  let ada: TestAccount;

  beforeAll(async () => {
    user = await startUser({ admin });
    await discardRequests(user);
    publisher = await TestEventPublisher.connect();
  });
  afterAll(async () => {
    await publisher?.close();
    await user?.stop();
  });
  beforeEach(async () => {
    ada = await signUp(user);
  });

  const remove = (changes: Partial<Caller> = {}, password = PASSWORD) => {
    const { accountId, profileId } = ada;
    return runAs({ ...newCaller(), accountId, profileId, ...changes }, () => user.client.deleteAccount({ password }));
  };
  const respond = (service: keyof typeof RESPONSES) =>
    publisher.publish(RESPONSES[service], { accountId: ada.accountId });
  const findDeletion = async () => {
    const rows = await user.database.query<{ waiting_for: string[]; finished_at: Date | null }>(
      'SELECT * FROM account_deletion WHERE account_id = $1',
      [ada.accountId],
    );
    return rows[0];
  };
  const finish = async (): Promise<void> => {
    for (const service of DELETING_SERVICES) await respond(service);
    await eventually(async () => (await findDeletion())?.finished_at != null);
  };
  const countRequests = async () =>
    (await user.database.query('SELECT 1 FROM request WHERE key = $1', [ada.accountId])).length;
  /** Moves the requests of a deletion into the past. */
  const age = (minutes: number) =>
    user.database.query(
      `UPDATE account_deletion SET requested_at = requested_at - make_interval(mins => $2),
         last_requested_at = last_requested_at - make_interval(mins => $2) WHERE account_id = $1`,
      [ada.accountId, minutes],
    );
  const runTask = () => user.get(AccountDeletions).run(new AbortController().signal);

  it('ends all sessions and sign-ins immediately, notifies the owner, and requests the deletion from the services', async () => {
    await user.receiveMail(ada.email);
    const authenticator = new TestAuthenticator();
    await addPasskey(user, ada, authenticator);
    await user.receiveMail(ada.email);
    const { secret } = await createApiKey(user, ada);
    await user.receiveMail(ada.email);
    const { secretId } = await user.client.verifyApiKey({ secret });
    const session = await signInWithPassword(user, ada.email);
    expect(await remove()).toEqual({ endedSessionIds: [session.id, secretId] });

    await expect(user.client.refreshSession(session)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(signInWithPassword(user, ada.email)).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
    const { optionsJson } = await user.client.startPasskeySignIn({});
    const credentialJson = JSON.stringify(authenticator.sign(optionsJson));
    const signIn = user.client.finishPasskeySignIn({ credentialJson });
    await expect(signIn).rejects.toMatchObject({ code: 'PASSKEY_REJECTED' });
    await expect(user.client.verifyApiKey({ secret })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await user.receiveMail(ada.email)).subject).toBe('Your account is being deleted');
    expect(await countRequests()).toBe(1);
    // The services have not responded yet.
    const again = user.client.createAccount({ email: ada.email, password: PASSWORD, profileName: 'Ada' });
    await expect(again).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
  });

  it('deletes all rows of the account when each service has responded, in any order, also twice', async () => {
    await signInWithPassword(user, ada.email);
    await remove();
    for (const service of ['video', 'video', 'catalog', 'catalog'] as const) {
      expect(await findDeletion()).toMatchObject({ finished_at: null });
      await respond(service);
      if (service === 'video') await eventually(async () => (await findDeletion())?.waiting_for.join() === 'catalog');
      else break;
    }
    await eventually(async () => (await findDeletion())?.finished_at != null);
    await respond('catalog');

    const tables = await user.database.query<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name IN ('account_id', 'profile_id', 'email', 'recipient')`,
    );
    expect(tables.length).toBeGreaterThan(5);
    for (const { table, column } of tables) {
      if (table === 'account_deletion') continue;
      const values = [ada.accountId, ada.profileId, ada.email];
      const found = await user.database.query(`SELECT 1 FROM ${table} WHERE ${column}::text = ANY ($1)`, [values]);
      // The notice to the owner is deleted after its delivery.
      if (table !== 'mail') expect({ table, found }).toEqual({ table, found: [] });
    }
    await user.client.createAccount({ email: ada.email, password: PASSWORD, profileName: 'Ada' });
  });

  it('returns the same sessions for a repeated call, also after the deletion is finished', async () => {
    const { id: sessionId } = await signInWithPassword(user, ada.email);
    await signInWithPassword(user, ada.email);
    const first = await remove({ sessionId });
    expect(first.endedSessionIds).toHaveLength(2);
    expect(await remove({ sessionId }, 'not the password')).toEqual(first);
    await finish();
    expect(await remove({ sessionId })).toEqual(first);
  });

  it('deletes mails to a new address that was not verified yet', async () => {
    const email = `new-${ada.email}`;
    await ada.runAsProfile(() => user.client.changeEmail({ password: PASSWORD, email }));
    await remove();
    // Not the mailbox: the mail can have been delivered before the deletion.
    expect(await user.database.query('SELECT 1 FROM mail WHERE recipient = $1', [email])).toEqual([]);
  });

  it('locks accounts in the same order as other transactions, so that no deadlock occurs', async () => {
    const [lower, higher] = [ada, await signUp(user)].toSorted((a, b) => a.accountId.localeCompare(b.accountId));
    if (!lower || !higher) throw new Error('an account is missing');
    ada = lower;
    await user.database.query(`UPDATE account SET role = 'admin' WHERE id = $1`, [higher.accountId]);
    const accounts = user.get(AccountRepository);
    const { deletion } = await user.get(Transactions).run(async (tx) => {
      await accounts.lockAll(tx, [lower.accountId]);
      const running = remove();
      await waitUntilBlocked(user);
      await accounts.lockAll(tx, [higher.accountId]);
      return { deletion: running };
    });
    await expect(deletion).resolves.toBeDefined();
    await user.database.query(`UPDATE account SET role = 'viewer' WHERE id = $1`, [higher.accountId]);
  });

  it('requires the password, and a selected profile without a maximum age, to delete an account', async () => {
    await expect(remove({}, 'not the password')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    await expect(remove({ maximumAge: 8 })).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    const { accountId } = ada;
    const withoutProfile = runAs({ ...newCaller(), accountId }, () =>
      user.client.deleteAccount({ password: PASSWORD }),
    );
    await expect(withoutProfile).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
    await signInWithPassword(user, ada.email);
  });

  it('rejects the deletion of the last admin, also if the last two delete their accounts concurrently', async () => {
    const { account, profiles } = await signInWithPassword(user, admin.email, admin.password);
    const caller = { accountId: account?.id ?? '', profileId: profiles[0]?.id ?? '' };
    await expect(remove(caller, admin.password)).rejects.toMatchObject({ code: 'LAST_ADMIN' });

    await user.database.query(`UPDATE account SET role = 'admin' WHERE id = $1`, [ada.accountId]);
    const results = await Promise.allSettled([remove(caller, admin.password), remove()]);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const admins = `SELECT 1 FROM account WHERE role = 'admin' AND deletion_requested_at IS NULL`;
    expect(await user.database.query(admins)).toHaveLength(1);
  });

  it('repeats the request of an unfinished deletion, and reports it', async () => {
    const warnings: unknown[] = [];
    Logger.overrideLogger({ log: () => undefined, error: () => undefined, warn: (fields) => warnings.push(fields) });
    await remove();
    expect(await countRequests()).toBe(1);
    await runTask();
    await age(21);
    await runTask();
    expect(await countRequests()).toBe(2);
    const { accountId } = ada;
    expect(warnings).toMatchObject([{ accountId, waitingFor: [...DELETING_SERVICES] }]);
    expect(await register.getSingleMetric('account_deletions_overdue')?.get()).toMatchObject({
      values: [{ value: expect.any(Number) as number }],
    });
    await finish();
  });

  it('repeats the request of a finished deletion once, because requests in flight can have written data', async () => {
    await remove();
    await finish();
    for (let run = 0; run < 3; run += 1) {
      await age(21);
      await runTask();
    }
    expect(await countRequests()).toBe(2);
  });

  it('removes an admin from the events of other accounts', async () => {
    const bob = await signUp(user);
    await user.database.query('UPDATE security_event SET actor_id = $1 WHERE account_id = $2', [
      ada.accountId,
      bob.accountId,
    ]);
    await remove();
    await finish();
    const events = await user.database.query('SELECT actor_id FROM security_event WHERE account_id = $1', [
      bob.accountId,
    ]);
    expect(events).toEqual([{ actor_id: '00000000-0000-0000-0000-000000000000' }]);
  });
});

/**
 * Records the requests to other services in the table `request` instead of publishing them: services that other specs
 * run on the same broker would respond.
 */
async function discardRequests({ database }: TestUser): Promise<void> {
  await database.query('CREATE TABLE request (key text)');
  await database.query(`
    CREATE FUNCTION record_request() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO request VALUES (NEW.key); RETURN NULL; END $$`);
  await database.query(`
    CREATE TRIGGER record_request BEFORE INSERT ON outbox FOR EACH ROW
    WHEN (NEW.type = '${AccountDeletionRequestedV1.type}') EXECUTE FUNCTION record_request()`);
}
