import type { Caller } from '@viernes/platform';
import { newCaller, readExport, runAs } from '@viernes/platform/testing';
import { addPasskey } from '../testing/test-authenticator.js';
import {
  createApiKey,
  insertIdentity,
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';

/** The tables that refer to an account, a profile, or a session, and their lists in the export. */
const LISTS: Readonly<Record<string, string | undefined>> = {
  profile: 'profiles',
  progress: 'progress',
  history_removal: 'historyRemovals',
  my_list_entry: 'myList',
  rating: 'ratings',
  session: 'sessions',
  passkey: 'passkeys',
  identity: 'identities',
  api_key: 'apiKeys',
  mail_link: 'mailLinks',
  security_event: 'securityEvents',
  usage_hour: 'usage',
  // Only hashes.
  refresh_token: undefined,
  passkey_challenge: undefined,
  provider_authorization: undefined,
  api_key_secret: undefined,
  // Only which profile a session acts for.
  selected_profile: undefined,
};

describe('the export of an account', () => {
  let user: TestUser;
  let ada: TestAccount;

  beforeAll(async () => {
    user = await startUser();
    ada = await signUp(user);
  });
  afterAll(() => user?.stop());

  const readPage = (
    cursor: string,
    { password = PASSWORD, ...changes }: Partial<Caller> & { password?: string } = {},
  ) => {
    const { accountId, profileId } = ada;
    const caller = { ...newCaller(), accountId, profileId, ...changes };
    return runAs(caller, () => user.client.exportAccount({ password, cursor }));
  };
  const read = async (changes?: Partial<Caller> & { password?: string }) =>
    (await readExport((cursor) => readPage(cursor, changes))).data;

  it('exports each table that refers to an account', async () => {
    const rows = await user.database.query<{ name: string }>(
      `SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f'`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(LISTS).toSorted());
    const lists = Object.values(LISTS).filter((list) => list !== undefined);
    expect(Object.keys(await read()).toSorted()).toEqual(['account', ...lists].toSorted());
  });

  it('exports the data of the account, nothing of other accounts, and no secrets', async () => {
    const [session] = [await signInWithPassword(user, ada.email), await signUp(user)];
    await addPasskey(user, ada);
    await insertIdentity(user, ada);
    await createApiKey(user, ada);
    await ada.run(() => user.client.setProfilePin({ profileId: ada.profileId, pin: '1234' }));
    expect(await read()).toMatchObject({
      account: { id: ada.accountId, email: ada.email, role: 'viewer' },
      profiles: [{ id: ada.profileId, name: 'Ada', hasPin: true }],
      sessions: [{ id: session.id }],
      identities: [{ issuer: 'https://id.example', subject: 'ada' }],
      passkeys: [{ name: 'Laptop', credentialId: expect.stringMatching(/^[\w-]{43}$/) }],
      apiKeys: [{ name: 'CI', scopes: ['catalog:read'], expiresAt: expect.any(String) }],
      mailLinks: [{ purpose: 'emailVerification', email: ada.email }],
      securityEvents: [
        { kind: 'accountCreated' },
        // From the previous test. This test causes the other one.
        { kind: 'dataExported' },
        { kind: 'signedIn', sessionId: session.id },
        { kind: 'passkeyAdded' },
        { kind: 'apiKeyCreated' },
        { kind: 'pinSet' },
        { kind: 'dataExported' },
      ],
    });
    expect(JSON.stringify(await read())).not.toMatch(/hash|\$argon2|token|publicKey/i);
  });

  it('exports all rows of long lists once, also if rows change between two pages', async () => {
    const bob = await signUp(user);
    const addRows = (table: string, columns: string, values: string, id: string) =>
      user.database.query(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(1, 2500)`, [id]);
    await addRows('security_event', 'account_id, kind', `$1::uuid, 'passwordRejected'`, bob.accountId);
    await addRows('rating', 'profile_id, title_id, thumb', `$1::uuid, gen_random_uuid(), 'up'`, bob.profileId);
    const link = `decode(md5(random()::text), 'hex'), $1::uuid, 'passwordReset', 'b@c.de', now()`;
    await addRows('mail_link', 'hash, account_id, purpose, email, expires_at', link, bob.accountId);
    // A page of 20 removals would exceed the size limit of a response.
    await user.database.query(
      `INSERT INTO history_removal (id, profile_id, title_ids)
       SELECT gen_random_uuid(), $1, array_fill(gen_random_uuid(), ARRAY[20000]) FROM generate_series(1, 20)`,
      [bob.profileId],
    );
    const rateAgain = () => user.database.query(`UPDATE rating SET rated_at = now() WHERE title_id::text < '8'`);
    const { data, pageCount } = await readExport((cursor) => readPage(cursor, bob), rateAgain);
    const count = (list: string, key: string) => {
      const rows = data[list] as Readonly<Record<string, unknown>>[];
      return [rows.length, new Set(rows.map((row) => row[key])).size];
    };
    expect(count('ratings', 'titleId')).toEqual([2_500, 2_500]);
    // Includes the creation of the account, and this download.
    expect(count('securityEvents', 'id')).toEqual([2_502, 2_502]);
    expect((data['mailLinks'] as unknown[]).length).toBe(2_501);
    expect((data['historyRemovals'] as unknown[]).length).toBe(20);
    // Two of the pages end after 8 removals.
    expect(pageCount).toBe(10);
  });

  it('continues only a download that the account has started with the password', async () => {
    const bob = await signUp(user);
    await user.database.query(
      `INSERT INTO security_event (account_id, kind) SELECT $1, 'signedIn' FROM generate_series(1, 1000)`,
      [bob.accountId],
    );
    const { nextCursor } = await readPage('', bob);
    expect(JSON.parse((await readPage(nextCursor, { ...bob, password: 'wrong password' })).dataJson)).toMatchObject({
      securityEvents: expect.any(Array),
    });
    const [event] = await user.database.query<{ id: string }>(
      `SELECT id FROM security_event WHERE account_id = $1 AND kind = 'signedIn' LIMIT 1`,
      [bob.accountId],
    );
    const rowCursor = nextCursor.split('.')[1] ?? '';
    for (const cursor of ['none', `.${rowCursor}`, `${event?.id}.${rowCursor}`, nextCursor.replace(/\..+/, '.none')]) {
      await expect(readPage(cursor, bob)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    }
    // The cursor of another account, and one of an hour ago.
    await expect(readPage(nextCursor)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
    await user.database.query(
      `UPDATE security_event SET occurred_at = now() - interval '1 hour' WHERE account_id = $1`,
      [bob.accountId],
    );
    await expect(readPage(nextCursor, bob)).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('requires a selected profile without a maximum age for an export', async () => {
    await expect(read({ maximumAge: 8 })).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    const { accountId } = ada;
    const withoutProfile = runAs({ ...newCaller(), accountId }, () =>
      user.client.exportAccount({ password: PASSWORD, cursor: '' }),
    );
    await expect(withoutProfile).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
    await expect(read({ accountId: newCaller().accountId })).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
  });

  it('requires the password for an export, and records a wrong one', async () => {
    await expect(read({ password: 'a wrong password' })).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    const { securityEvents } = await read();
    const latest = (securityEvents as unknown[]).slice(-2);
    expect(latest).toMatchObject([{ kind: 'passwordRejected' }, { kind: 'dataExported' }]);
  });
});
