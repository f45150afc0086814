import { RowCleanups } from '@viernes/database';
import { createTestDatabase, type TestDatabase } from '@viernes/testing';
import { decodeProtectedHeader } from 'jose';
import { rotateSigningKey } from '../signing-key-rotation/rotate-signing-key.js';
import { signInWithPassword, signUp, startUser, type TestUser } from '../testing/test-user.js';

describe('signing keys', () => {
  let database: TestDatabase;
  const running: TestUser[] = [];
  const start = async (): Promise<TestUser> => {
    const user = await startUser({ database });
    running.push(user);
    return user;
  };
  const rotate = async (): Promise<string> => {
    const lines: string[] = [];
    await rotateSigningKey({ DATABASE_URL: database.url }, (line) => lines.push(line));
    return lines.join('\n');
  };
  const listKeyIds = async ({ client }: TestUser): Promise<string[]> => {
    const { keys } = JSON.parse((await client.getJwks({})).jwksJson) as { keys: { kid: string }[] };
    return keys.map(({ kid }) => kid);
  };
  const signIn = async (user: TestUser): Promise<string | undefined> => {
    const { email } = await signUp(user);
    return decodeProtectedHeader((await signInWithPassword(user, email)).accessToken).kid;
  };
  const passMinutes = (minutes: number) =>
    database.query(`UPDATE signing_key SET active_from = active_from - make_interval(mins => ${minutes})`);

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((user) => user.stop()));
    await database.drop();
  });

  it('creates one signing key when replicas start together on an empty database', async () => {
    const replicas = await Promise.all([start(), start()]);
    const [first, second] = await Promise.all(replicas.map(({ client }) => client.getJwks({})));
    expect(second).toEqual(first);
    expect(JSON.parse(first?.jwksJson ?? '')).toEqual({
      keys: [{ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: expect.any(String), x: expect.any(String) }],
    });
  });

  it('publishes the next key before it signs, and the older one until its last token has expired', async () => {
    const user = await start();
    const first = await signIn(user);
    expect(await rotate()).toContain('signs from');
    const [second, ...others] = await listKeyIds(user);
    expect(others).toEqual([first]);
    expect(await signIn(await start())).toBe(first);

    await passMinutes(1);
    const replica = await start();
    expect(await signIn(replica)).toBe(second);
    await passMinutes(16);
    await user.get(RowCleanups).run();
    expect(await listKeyIds(replica)).toEqual([second, first]);
    await passMinutes(1);
    await user.get(RowCleanups).run();
    expect(await listKeyIds(replica)).toEqual([second]);
  });

  it('running replicas sign with the next key at most a minute after it becomes active', async () => {
    const user = await start();
    const first = await signIn(user);
    await rotate();
    await passMinutes(1);
    const [second] = await listKeyIds(user);
    expect(second).not.toBe(first);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 });
    try {
      expect(await signIn(user)).toBe(second);
    } finally {
      vi.useRealTimers();
    }
  });

  it('creates one next key when operators rotate at the same time', async () => {
    const user = await start();
    await listKeyIds(user);
    const [first, second] = await Promise.all([rotate(), rotate()]);
    expect(second).toBe(first);
    expect(await listKeyIds(user)).toHaveLength(2);
  });
});
