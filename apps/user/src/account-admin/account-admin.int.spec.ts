import { randomUUID } from 'node:crypto';
import { RoleChangedV1, userV1 } from '@viernes/contracts';
import { decodeJwt } from 'jose';
import { runInContext } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually, TestEventReader, uniqueName } from '@viernes/testing';
import {
  createApiKey,
  signInWithPassword,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';

const { ROLE_ADMIN, ROLE_EDITOR, ROLE_VIEWER } = userV1.Role;

describe('administration of accounts', () => {
  const admin = { email: 'admin@example.org', password: 'an admin password' };
  let user: TestUser;
  let ada: TestAccount;
  let adminId: string;

  beforeAll(async () => {
    user = await startUser({ admin });
    adminId = (await signInWithPassword(user, admin.email, admin.password)).account?.id ?? '';
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
  });

  const asAdmin = <Result>(work: () => Promise<Result>, accountId = adminId) =>
    runAs({ ...newCaller('admin'), accountId }, work);
  const change = (accountId: string, role: userV1.Role) => asAdmin(() => user.client.changeRole({ accountId, role }));
  const list = (emailPrefix: string, pageSize = 0, cursor = '') =>
    asAdmin(() => user.client.listAccounts({ emailPrefix, pageSize, cursor }));

  it('creates the admin that the settings name', async () => {
    expect((await signInWithPassword(user, admin.email, admin.password)).account?.role).toBe(ROLE_ADMIN);
  });

  it('issues a higher role with the next access token, and keeps the sessions', async () => {
    const { refreshToken } = await signInWithPassword(user, ada.email);
    expect(await change(ada.accountId, ROLE_EDITOR)).toMatchObject({
      account: { id: ada.accountId, role: ROLE_EDITOR },
      endedSessionIds: [],
    });
    const { session } = await user.client.refreshSession({ refreshToken });
    expect(session?.account?.role).toBe(ROLE_EDITOR);
  });

  it('publishes each change of a role once', async () => {
    const reader = await TestEventReader.connect(RoleChangedV1);
    for (const role of [ROLE_EDITOR, ROLE_EDITOR, ROLE_VIEWER]) await change(ada.accountId, role);
    const listRoles = () =>
      reader.received.filter(({ accountId }) => accountId === ada.accountId).map(({ role }) => role);
    await eventually(() => listRoles().includes('viewer'));
    expect(listRoles()).toEqual(['editor', 'viewer']);
    await reader.close();
  });

  it('ends all sessions when the role becomes lower, and returns them again when the call is retried', async () => {
    await change(ada.accountId, ROLE_ADMIN);
    const session = await signInWithPassword(user, ada.email);
    expect(await change(ada.accountId, ROLE_VIEWER)).toMatchObject({ endedSessionIds: [session.id] });
    await expect(user.client.refreshSession({ refreshToken: session.refreshToken })).rejects.toMatchObject({
      code: 'SESSION_ENDED',
    });
    const next = await signInWithPassword(user, ada.email);
    // Repeats the call, as after a lost response.
    expect(await change(ada.accountId, ROLE_VIEWER)).toMatchObject({ endedSessionIds: [session.id] });
    await expect(user.client.refreshSession({ refreshToken: next.refreshToken })).resolves.toBeDefined();
  });

  it('revokes all API keys when the role becomes lower, and keeps them when it becomes higher', async () => {
    const { secret } = await createApiKey(user, ada);
    await change(ada.accountId, ROLE_EDITOR);
    const { secretId, role } = await user.client.verifyApiKey({ secret });
    expect(role).toBe(ROLE_EDITOR);
    for (const _call of ['first', 'repeated'])
      expect((await change(ada.accountId, ROLE_VIEWER)).endedSessionIds).toContain(secretId);
    await expect(user.client.verifyApiKey({ secret })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('records a change for the owner, without the address of the admin', async () => {
    const client = { address: '192.0.2.7', userAgent: 'Firefox/140.0' };
    const caller = { ...newCaller('admin'), accountId: adminId };
    await runInContext({ traceId: 'a'.repeat(32), ...caller, client }, () =>
      user.client.changeRole({ accountId: ada.accountId, role: ROLE_EDITOR }),
    );
    const { events } = await ada.run(() => user.client.listSecurityEvents({ pageSize: 1, cursor: '' }));
    const kind = userV1.SecurityEventKind.SECURITY_EVENT_KIND_ROLE_CHANGED;
    expect(events).toMatchObject([{ kind, address: '', userAgent: '' }]);
    const rows = await user.database.query(
      'SELECT actor_id, address FROM security_event WHERE account_id = $1 ORDER BY id',
      [ada.accountId],
    );
    expect(rows.at(-1)).toEqual({ actor_id: caller.accountId, address: client.address });
  });

  it('applies a new plan to sessions and API keys, and records the change for the owner once', async () => {
    const { secret } = await createApiKey(user, ada);
    expect((await user.client.verifyApiKey({ secret })).plan).toBe('account');
    const { refreshToken } = await signInWithPassword(user, ada.email);
    for (const _call of ['first', 'repeated']) {
      const { account } = await asAdmin(() => user.client.changePlan({ accountId: ada.accountId, plan: 'partner' }));
      expect(account?.plan).toBe('partner');
    }
    expect((await user.client.verifyApiKey({ secret })).plan).toBe('partner');
    const { session } = await user.client.refreshSession({ refreshToken });
    expect(decodeJwt(session?.accessToken ?? '')).toMatchObject({ plan: 'partner' });
    const { events } = await ada.run(() => user.client.listSecurityEvents({ pageSize: 20, cursor: '' }));
    const kind = userV1.SecurityEventKind.SECURITY_EVENT_KIND_PLAN_CHANGED;
    expect(events.filter((event) => event.kind === kind)).toMatchObject([{ address: '', userAgent: '' }]);
  });

  it('rejects changes of a plan by callers without the role admin, and of unknown accounts', async () => {
    const change = (accountId: string, plan = 'partner') => user.client.changePlan({ accountId, plan });
    for (const caller of [newCaller('editor'), newCaller('admin')])
      await expect(runAs(caller, () => change(ada.accountId))).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(asAdmin(() => change(randomUUID()))).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    await expect(asAdmin(() => change(ada.accountId, 'Gold!'))).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('rejects callers without the role admin, changes of their own role, and unknown accounts', async () => {
    const request = { accountId: ada.accountId, role: ROLE_ADMIN };
    for (const role of ['viewer', 'editor'] as const) {
      const asCaller = runAs(newCaller(role), () => user.client.changeRole(request));
      await expect(asCaller).rejects.toMatchObject({ code: 'FORBIDDEN' });
      const listing = runAs(newCaller(role), () =>
        user.client.listAccounts({ emailPrefix: '', pageSize: 0, cursor: '' }),
      );
      await expect(listing).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    const own = runAs({ ...newCaller('admin'), accountId: ada.accountId }, () => user.client.changeRole(request));
    await expect(own).rejects.toMatchObject({ code: 'OWN_ROLE' });
    await expect(change(randomUUID(), ROLE_EDITOR)).rejects.toMatchObject({ code: 'ACCOUNT_NOT_FOUND' });
    await expect(change(ada.accountId, 0)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('lets only one of two admins who demote each other succeed', async () => {
    const bob = await signUp(user);
    const pair = [ada.accountId, bob.accountId];
    for (const id of pair) await change(id, ROLE_ADMIN);
    const demote = (by: string, accountId: string) =>
      asAdmin(() => user.client.changeRole({ accountId, role: ROLE_VIEWER }), by);
    const results = await Promise.allSettled([
      demote(ada.accountId, bob.accountId),
      demote(bob.accountId, ada.accountId),
    ]);
    const forbidden = { status: 'rejected', reason: expect.objectContaining({ code: 'FORBIDDEN' }) as Error };
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([forbidden]);
    const admins = await user.database.query(`SELECT 1 FROM account WHERE role = 'admin' AND id = ANY ($1)`, [pair]);
    expect(admins).toHaveLength(1);
  });

  it('lists accounts by the start of their email, in pages', async () => {
    const prefix = uniqueName('p_%');
    const emails = ['a', 'b', 'c'].map((name) => `${prefix.replace('%', '-')}.${name}@example.org`);
    for (const email of emails)
      await user.client.createAccount({ email, password: 'correct horse battery', profileName: 'Ada' });
    const start = prefix.replace('%', '-');
    const first = await list(start.toUpperCase(), 2);
    expect(first.accounts.map(({ email }) => email)).toEqual(emails.slice(0, 2));
    const second = await list(start, 2, first.nextCursor);
    expect(second.accounts.map(({ email }) => email)).toEqual(emails.slice(2));
    expect(second.nextCursor).toBe('');
    expect((await list(prefix)).accounts).toEqual([]);
    await expect(list('', 2, 'x')).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await expect(list('', 2, randomUUID())).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });
});
