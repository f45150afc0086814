import { randomUUID } from 'node:crypto';
import { createTestDatabase } from '@viernes/testing';
import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import { logIn, PASSWORD, signUp, type Person } from '../testing/people.js';
import { startUser, type TestUser } from '../testing/start-user.js';
import { EndedSessions } from './ended-sessions.js';
import { REUSE_GRACE_MS, SESSIONS_MAX } from './session.js';

const MINUTE_MS = 60_000;

async function jwksOf({ client }: TestUser): Promise<JSONWebKeySet> {
  return JSON.parse((await client.getJwks({})).jwksJson) as JSONWebKeySet;
}

describe('sessions', () => {
  let user: TestUser;
  let ada: Person;
  const refresh = async (refreshToken: string) => {
    const { session } = await user.client.refreshSession({ refreshToken });
    if (!session) throw new Error('no session in the answer');
    return session;
  };
  /** As if this much time had gone by since each token was used. */
  const letPass = (durationMs: number) =>
    user.database.query(`update refresh_token set used_at = used_at - make_interval(secs => $1)`, [durationMs / 1_000]);

  beforeAll(async () => {
    user = await startUser();
    ada = await signUp(user);
  });
  afterAll(() => user?.stop());

  it('begin with the right password, and an access token that the edge can verify by itself', async () => {
    const session = await logIn(user, ada.email.toUpperCase());
    expect(session).toMatchObject({ account: { id: ada.accountId }, profiles: [{ id: ada.profileId, name: 'Ada' }] });

    const keys = createLocalJWKSet(await jwksOf(user));
    const options = { issuer: 'viernes', audience: 'viernes-edge', algorithms: ['EdDSA'] };
    const { payload, protectedHeader } = await jwtVerify(session.accessToken, keys, options);
    expect(payload).toMatchObject({ sub: ada.accountId, sid: session.id, role: 'viewer' });
    expect(protectedHeader.kid).toEqual(expect.any(String));
    expect((payload.exp ?? 0) * 1_000).toBe(Date.parse(session.accessExpiresAt ?? ''));
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(15 * 60);
    const lastsMs = Date.parse(session.refreshExpiresAt ?? '') - Date.now();
    expect(Math.abs(lastsMs - 30 * 24 * 60 * MINUTE_MS)).toBeLessThan(60 * MINUTE_MS + MINUTE_MS);
  });

  it.each([
    ['a wrong password', () => ({ email: ada.email, password: 'correct horse batterY' })],
    ['an unknown email', () => ({ email: 'nobody@example.org', password: PASSWORD })],
    ['a NUL as password', () => ({ email: ada.email, password: '\u0000' })],
  ])('do not begin with %s', async (_, credentials) => {
    await expect(user.client.createSession(credentials())).rejects.toMatchObject({ code: 'CREDENTIALS_WRONG' });
  });

  it.each([
    ['no email at all', { email: '', password: PASSWORD }],
    ['an email of 10 kB', { email: `${'x'.repeat(10_240)}@example.org`, password: PASSWORD }],
    ['a NUL in the email', { email: 'ada\u0000@example.org', password: PASSWORD }],
    ['a password of 10 kB', { email: 'ada@example.org', password: 'x'.repeat(10_240) }],
  ])('are not even tried with %s', async (_, credentials) => {
    await expect(user.client.createSession(credentials)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('never store a refresh token that can be read', async () => {
    const { refreshToken } = await logIn(user, ada.email);
    expect(Buffer.from(refreshToken, 'base64url')).toHaveLength(32);
    const tokens = await user.database.query<{ hash: Buffer }>('select hash from refresh_token');
    for (const { hash } of tokens) expect(hash.toString('base64url')).not.toBe(refreshToken);
  });

  it('go on with a new token each time', async () => {
    const first = await logIn(user, ada.email);
    const second = await refresh(first.refreshToken);
    expect(second).toMatchObject({ id: first.id, account: first.account, profiles: first.profiles });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(third.id).toBe(first.id);
  });

  it('end for everybody when a token comes back that was used before', async () => {
    const first = await logIn(user, ada.email);
    const second = await refresh(first.refreshToken);
    await letPass(REUSE_GRACE_MS + MINUTE_MS);
    await expect(refresh(first.refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(refresh(second.refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(logIn(user, ada.email)).resolves.toBeDefined();
  });

  it('survive tabs that renew at the same moment', async () => {
    const { refreshToken, id } = await logIn(user, ada.email);
    const renewed = await Promise.all(Array.from({ length: 4 }, () => refresh(refreshToken)));
    expect(new Set(renewed.map((session) => session.refreshToken)).size).toBe(4);
    for (const session of renewed) expect((await refresh(session.refreshToken)).id).toBe(id);
  });

  it('end when they are revoked, and may be revoked again', async () => {
    const session = await logIn(user, ada.email);
    await ada.as(() => user.client.revokeSession({ sessionId: session.id }));
    await ada.as(() => user.client.revokeSession({ sessionId: session.id }));
    await expect(refresh(session.refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });

    const own = await logIn(user, ada.email);
    await ada.as(() => user.client.revokeSession({ sessionId: '' }), own.id);
    await expect(refresh(own.refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  it('are revoked by their owner alone', async () => {
    const session = await logIn(user, ada.email);
    const bob = await signUp(user);
    await bob.as(() => user.client.revokeSession({ sessionId: session.id }));
    await expect(refresh(session.refreshToken)).resolves.toBeDefined();
    const unknown = user.client.revokeSession({ sessionId: session.id });
    await expect(unknown).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each(['x', 'x'.repeat(43), '\u0000', "' or 1=1 --", randomUUID()])(
    'do not go on with %j',
    async (refreshToken) => {
      await expect(refresh(refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    },
  );

  it('of one account are so many, and no more', async () => {
    const bob = await signUp(user);
    const stalest = await logIn(user, bob.email);
    await user.database.query(
      `insert into session (id, account_id, ends_at) select gen_random_uuid(), $1, now() + interval '40 days'
       from generate_series(2, $2)`,
      [bob.accountId, SESSIONS_MAX],
    );
    await expect(refresh(stalest.refreshToken)).resolves.toMatchObject({ id: stalest.id });
    await user.database.query(`update session set ends_at = now() + interval '1 day' where id = $1`, [stalest.id]);
    const newest = await logIn(user, bob.email);
    await expect(refresh(stalest.refreshToken)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(refresh(newest.refreshToken)).resolves.toMatchObject({ id: newest.id });
    const sessions = await user.database.query('select 1 from session where account_id = $1', [bob.accountId]);
    expect(sessions).toHaveLength(SESSIONS_MAX);
  });

  it('that ended are swept away, and nothing else is', async () => {
    const [ended, living] = [await logIn(user, ada.email), await logIn(user, ada.email)];
    await ada.as(() => user.client.revokeSession({ sessionId: ended.id }));
    await user.get(EndedSessions).sweep();
    const left = await user.database.query<{ id: string }>('select id from session');
    expect(left.map(({ id }) => id)).toContain(living.id);
    expect(left.map(({ id }) => id)).not.toContain(ended.id);
    await expect(refresh(living.refreshToken)).resolves.toBeDefined();

    await letPass(8 * 24 * 60 * MINUTE_MS);
    await user.get(EndedSessions).sweep();
    expect(await user.database.query('select 1 from refresh_token where used_at is not null')).toEqual([]);
  });
});

describe('the signing key', () => {
  it('is one for all replicas that start together on an empty database', async () => {
    const database = await createTestDatabase();
    const replicas = await Promise.all([startUser({ database }), startUser({ database })]);
    try {
      const [first, second] = await Promise.all(replicas.map(jwksOf));
      expect(first?.keys).toHaveLength(1);
      expect(second).toEqual(first);
      expect(first?.keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
      expect(first?.keys[0]).not.toHaveProperty('d');
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await database.drop();
    }
  });
});
