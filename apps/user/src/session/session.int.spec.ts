import { randomUUID } from 'node:crypto';
import type { userV1 } from '@viernes/contracts';
import { lockInTransaction, RowCleanups, Transactions, type Transaction } from '@viernes/database';
import { currentContext, runInContext } from '@viernes/platform';
import { createLocalJWKSet, decodeJwt, jwtVerify, type JSONWebKeySet } from 'jose';
import { hashEmail } from '../account-lock/account-lock.js';
import {
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  waitUntilBlocked,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';
import { REUSE_GRACE_MS } from './refresh-token.js';
import { MAX_SESSIONS } from './session.js';

const MINUTE_MS = 60_000;
const ENDED = { code: 'SESSION_ENDED' };

describe('sessions', () => {
  let user: TestUser;
  let ada: TestAccount;
  const refresh = async (refreshToken: string): Promise<userV1.Session> => {
    const { session } = await user.client.refreshSession({ refreshToken });
    if (!session) throw new Error('the response contains no session');
    return session;
  };
  /** Moves the use of each token into the past. */
  const passTime = (durationMs: number) =>
    user.database.query(`UPDATE refresh_token SET used_at = used_at - make_interval(secs => $1)`, [durationMs / 1_000]);
  const passGracePeriod = () => passTime(REUSE_GRACE_MS + MINUTE_MS);

  beforeAll(async () => {
    user = await startUser();
    ada = await signUp(user);
  });
  afterAll(() => user?.stop());

  it('creates a session for the correct password, with an access token that the public key verifies', async () => {
    const session = await signInWithPassword(user, ada.email.toUpperCase());
    expect(session).toMatchObject({ account: { id: ada.accountId }, profiles: [{ id: ada.profileId, name: 'Ada' }] });

    const { jwksJson } = await user.client.getJwks({});
    const keys = createLocalJWKSet(JSON.parse(jwksJson) as JSONWebKeySet);
    const options = { issuer: 'viernes', audience: 'viernes-edge', algorithms: ['EdDSA'] };
    const { payload, protectedHeader } = await jwtVerify(session.accessToken, keys, options);
    expect(payload).toMatchObject({ sub: ada.accountId, sid: session.id, role: 'viewer' });
    expect(protectedHeader.kid).toEqual(expect.any(String));
    expect((payload.exp ?? 0) * 1_000).toBe(Date.parse(session.accessExpiresAt ?? ''));
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(15 * 60);
    const ttlMs = Date.parse(session.refreshExpiresAt ?? '') - Date.now();
    expect(Math.abs(ttlMs - 30 * 24 * 60 * MINUTE_MS)).toBeLessThan(60 * MINUTE_MS + MINUTE_MS);
  });

  it.each([
    ['a wrong password', () => ({ email: ada.email, password: 'correct horse batterY' })],
    ['an unknown email', () => ({ email: 'unknown@example.org', password: PASSWORD })],
    ['a NUL as password', () => ({ email: ada.email, password: '\u0000' })],
  ])('returns CREDENTIALS_WRONG for %s', async (_, credentials) => {
    await expect(user.client.createSession(credentials())).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
  });

  it.each([
    ['an empty email', { email: '', password: PASSWORD }],
    ['an email of 10 kB', { email: `${'x'.repeat(10_240)}@example.org`, password: PASSWORD }],
    ['a NUL in the email', { email: 'ada\u0000@example.org', password: PASSWORD }],
    ['a password of 10 kB', { email: 'ada@example.org', password: 'x'.repeat(10_240) }],
  ])('returns REQUEST_INVALID for %s', async (_, credentials) => {
    await expect(user.client.createSession(credentials)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('stores refresh tokens only as hashes', async () => {
    const { refreshToken } = await signInWithPassword(user, ada.email);
    expect(Buffer.from(refreshToken, 'base64url')).toHaveLength(32);
    const tokens = await user.database.query<{ hash: Buffer }>('SELECT hash FROM refresh_token');
    for (const { hash } of tokens) expect(hash.toString('base64url')).not.toBe(refreshToken);
  });

  it('returns a new refresh token for each refresh', async () => {
    const first = await signInWithPassword(user, ada.email);
    const second = await refresh(first.refreshToken);
    expect(second).toMatchObject({ id: first.id, account: first.account, profiles: first.profiles });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await passGracePeriod();
    const third = await refresh(second.refreshToken);
    expect(third.id).toBe(first.id);
  });

  it('revokes the session when a used token is presented after the grace period', async () => {
    const first = await signInWithPassword(user, ada.email);
    const second = await refresh(first.refreshToken);
    await passGracePeriod();
    await expect(refresh(first.refreshToken)).rejects.toMatchObject(ENDED);
    await expect(refresh(second.refreshToken)).rejects.toMatchObject(ENDED);
    await expect(signInWithPassword(user, ada.email)).resolves.toBeDefined();
  });

  it('refreshes the session of all tabs that refresh at the same time', async () => {
    const { refreshToken, id } = await signInWithPassword(user, ada.email);
    const tabs = await Promise.all(Array.from({ length: 4 }, () => refresh(refreshToken)));
    expect(new Set(tabs.map((session) => session.refreshToken)).size).toBe(4);
    const refreshed = await Promise.all(tabs.map((session) => refresh(session.refreshToken)));
    for (const session of refreshed) expect(session.id).toBe(id);
  });

  it('accepts either token of two tabs that refreshed together', async () => {
    for (const index of [0, 1]) {
      const { refreshToken, id } = await signInWithPassword(user, ada.email);
      const tabs = [await refresh(refreshToken), await refresh(refreshToken)];
      await passGracePeriod();
      const next = await refresh(tabs[index]?.refreshToken ?? '');
      await passGracePeriod();
      expect((await refresh(next.refreshToken)).id).toBe(id);
    }
  });

  it('refreshes a tab whose request arrives after another tab refreshed twice', async () => {
    const { refreshToken, id } = await signInWithPassword(user, ada.email);
    const { refreshToken: second } = await refresh(refreshToken);
    await refresh(second);
    const late = await refresh(refreshToken);
    await passGracePeriod();
    expect((await refresh(late.refreshToken)).id).toBe(id);
  });

  it('revokes the session when an unused token is presented after the grace period of its used sibling', async () => {
    const { refreshToken } = await signInWithPassword(user, ada.email);
    const [used, unused] = [await refresh(refreshToken), await refresh(refreshToken)];
    const next = await refresh(used.refreshToken);
    await passGracePeriod();
    await expect(refresh(unused.refreshToken)).rejects.toMatchObject(ENDED);
    await expect(refresh(next.refreshToken)).rejects.toMatchObject(ENDED);
  });

  it('does not extend a session that ends while a refresh waits for it', async () => {
    const { id, refreshToken } = await signInWithPassword(user, ada.email);
    const { rejection } = await user.get(Transactions).run(async (tx) => {
      await tx.query('SELECT 1 FROM session WHERE id = $1 FOR UPDATE', [id]);
      const pending = expect(refresh(refreshToken)).rejects.toMatchObject(ENDED);
      await waitUntilBlocked(user);
      await tx.query(`UPDATE session SET expires_at = clock_timestamp() - interval '1 ms' WHERE id = $1`, [id]);
      return { rejection: pending };
    });
    await rejection;
  });

  describe('a call whose password was already verified', () => {
    let bob: TestAccount;
    beforeEach(async () => {
      bob = await signUp(user);
    });
    /** Starts a call, and changes the account after the call has verified the password. */
    const callDuring = async <Result>(change: (tx: Transaction) => Promise<unknown>, call: () => Promise<Result>) => {
      const { running } = await user.get(Transactions).run(async (tx) => {
        for (const use of ['signIn', 'confirmation'] as const)
          await lockInTransaction(tx, 'passwordFailures', hashEmail(bob.email, use).toString('hex'));
        const pending = Promise.allSettled([call()]);
        await waitUntilBlocked(user);
        await change(tx);
        return { running: pending };
      });
      const [result] = await running;
      return result;
    };

    it.each<[string, string, () => Promise<unknown>]>([
      ['sign-in', 'CREDENTIALS_WRONG', () => signInWithPassword(user, bob.email)],
      [
        'change of the password',
        'PASSWORD_WRONG',
        () => bob.run(() => user.client.changePassword({ password: PASSWORD, newPassword: 'battery staple horse' })),
      ],
      [
        'change of the email',
        'PASSWORD_WRONG',
        () => bob.run(() => user.client.changeEmail({ password: PASSWORD, email: `new-${bob.email}` })),
      ],
      [
        'removal of a PIN',
        'PASSWORD_WRONG',
        () => bob.run(() => user.client.removeProfilePin({ profileId: bob.profileId, password: PASSWORD })),
      ],
    ])('fails a %s if the password has changed since it was verified', async (_, code, call) => {
      const setHash = `UPDATE account SET password_hash = 'x' WHERE id = $1`;
      const result = await callDuring((tx) => tx.query(setHash, [bob.accountId]), call);
      expect(result).toMatchObject({ status: 'rejected', reason: { code } });
    });

    it('issues a token with the role that the account has now', async () => {
      await user.database.query(`UPDATE account SET role = 'admin' WHERE id = $1`, [bob.accountId]);
      const demote = `UPDATE account SET role = 'viewer' WHERE id = $1`;
      const result = await callDuring(
        (tx) => tx.query(demote, [bob.accountId]),
        () => signInWithPassword(user, bob.email),
      );
      const accessToken = result.status === 'fulfilled' ? result.value.accessToken : '';
      expect(decodeJwt(accessToken)).toMatchObject({ role: 'viewer' });
    });
  });

  it('revokes a session repeatedly without an error', async () => {
    const session = await signInWithPassword(user, ada.email);
    await ada.run(() => user.client.revokeSession({ sessionId: session.id }));
    await ada.run(() => user.client.revokeSession({ sessionId: session.id }));
    await expect(refresh(session.refreshToken)).rejects.toMatchObject(ENDED);
  });

  it('revokes the session of the caller when the request contains no session ID', async () => {
    const session = await signInWithPassword(user, ada.email);
    await ada.run(() => user.client.revokeSession({ sessionId: '' }), session.id);
    await expect(refresh(session.refreshToken)).rejects.toMatchObject(ENDED);
  });

  it('returns the ended session also to a repeated request, so that the edge can reject its access tokens', async () => {
    const { id } = await signInWithPassword(user, ada.email);
    const revoke = () => ada.run(() => user.client.revokeSession({ sessionId: id }));
    expect([await revoke(), await revoke()]).toEqual([{ endedSessionIds: [id] }, { endedSessionIds: [id] }]);
  });

  it('lists the sessions with address and device of their latest use, and ends all others', async () => {
    const bob = await signUp(user);
    const [current, other] = [await signInWithPassword(user, bob.email), await signInWithPassword(user, bob.email)];
    const ended = await signInWithPassword(user, bob.email);
    await bob.run(() => user.client.revokeSession({ sessionId: ended.id }));
    const client = { address: '192.0.2.7', userAgent: 'Firefox/140.0' };
    await user.database.query(`UPDATE session SET last_used_at = now() - interval '1 day' WHERE account_id = $1`, [
      bob.accountId,
    ]);
    await runInContext({ ...currentContext(), client }, () => refresh(other.refreshToken));
    const list = () => bob.run(() => user.client.listSessions({}), current.id);
    const { sessions } = await list();
    expect(sessions).toMatchObject([
      { id: other.id, isCurrent: false, ...client },
      { id: current.id, isCurrent: true, address: '', userAgent: '' },
    ]);
    const end = () => bob.run(() => user.client.revokeOtherSessions({}), current.id);
    const endedSessionIds = expect.arrayContaining([other.id, ended.id]) as string[];
    expect(await end()).toEqual({ endedSessionIds });
    // Repeats the call, as after a lost response.
    expect(await end()).toEqual({ endedSessionIds });
    expect((await list()).sessions).toMatchObject([{ id: current.id }]);
    await expect(refresh(other.refreshToken)).rejects.toMatchObject(ENDED);
    await expect(refresh(current.refreshToken)).resolves.toBeDefined();
  });

  it('does not revoke sessions of other accounts, and returns the same as for an unknown session', async () => {
    const session = await signInWithPassword(user, ada.email);
    const bob = await signUp(user);
    for (const sessionId of [session.id, randomUUID()])
      expect(await bob.run(() => user.client.revokeSession({ sessionId }))).toEqual({ endedSessionIds: [] });
    await expect(refresh(session.refreshToken)).resolves.toBeDefined();
    const withoutCaller = user.client.revokeSession({ sessionId: session.id });
    await expect(withoutCaller).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['x', 'x'.repeat(43), '\u0000', "' OR 1=1 --", randomUUID()])(
    'returns SESSION_ENDED for the refresh token %j',
    async (refreshToken) => {
      await expect(refresh(refreshToken)).rejects.toMatchObject(ENDED);
    },
  );

  it('replaces the least recently refreshed session when an account has too many', async () => {
    const bob = await signUp(user);
    const leastRecent = await signInWithPassword(user, bob.email);
    await user.database.query(
      `INSERT INTO session (id, account_id, expires_at) SELECT gen_random_uuid(), $1, now() + interval '40 days'
       FROM generate_series(2, $2)`,
      [bob.accountId, MAX_SESSIONS],
    );
    await expect(refresh(leastRecent.refreshToken)).resolves.toMatchObject({ id: leastRecent.id });
    await user.database.query(`UPDATE session SET expires_at = now() + interval '1 day' WHERE id = $1`, [
      leastRecent.id,
    ]);
    const newest = await signInWithPassword(user, bob.email);
    await expect(refresh(leastRecent.refreshToken)).rejects.toMatchObject(ENDED);
    await expect(refresh(newest.refreshToken)).resolves.toMatchObject({ id: newest.id });
    const sessions = await user.database.query('SELECT 1 FROM session WHERE account_id = $1', [bob.accountId]);
    expect(sessions).toHaveLength(MAX_SESSIONS);
  });

  it('deletes sessions 15 minutes after their end, and tokens 7 days after their use', async () => {
    const [old, revoked, active] = [
      await signInWithPassword(user, ada.email),
      await signInWithPassword(user, ada.email),
      await signInWithPassword(user, ada.email),
    ];
    await ada.run(() => user.client.revokeSession({ sessionId: revoked.id }));
    await user.database.query(`UPDATE session SET expires_at = now() - interval '16 minutes' WHERE id = $1`, [old.id]);
    await user.get(RowCleanups).run();
    const ids = (await user.database.query<{ id: string }>('SELECT id FROM session')).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([active.id, revoked.id]));
    expect(ids).not.toContain(old.id);
    await expect(refresh(active.refreshToken)).resolves.toBeDefined();

    await passTime(8 * 24 * 60 * MINUTE_MS);
    await user.get(RowCleanups).run();
    expect(await user.database.query('SELECT 1 FROM refresh_token WHERE used_at IS NOT NULL')).toEqual([]);
  });
});
