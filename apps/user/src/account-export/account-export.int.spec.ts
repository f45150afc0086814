import type { Caller } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { addPasskey } from '../testing/test-authenticator.js';
import {
  createApiKey,
  logIn,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';

/** The tables that refer to an account, a profile, or a session, and where the export contains them. */
const LISTS: Readonly<Record<string, string | undefined>> = {
  profile: 'profiles',
  progress: 'progress',
  history_removal: 'historyRemovals',
  my_list_entry: 'myList',
  rating: 'ratings',
  session: 'sessions',
  passkey: 'passkeys',
  api_key: 'apiKeys',
  mail_link: 'mailLinks',
  security_event: 'securityEvents',
  // Only hashes.
  refresh_token: undefined,
  passkey_challenge: undefined,
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

  const read = async (changes: Partial<Caller> = {}, password = PASSWORD): Promise<Record<string, unknown>> => {
    const { accountId, profileId } = ada;
    const caller = { ...newCaller(), accountId, profileId, ...changes };
    const { dataJson } = await runAs(caller, () => user.client.exportAccount({ password }));
    return JSON.parse(dataJson) as Record<string, unknown>;
  };

  it('contains each table that refers to an account', async () => {
    const rows = await user.database.query<{ name: string }>(
      `SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint WHERE contype = 'f'`,
    );
    expect(rows.map(({ name }) => name).toSorted()).toEqual(Object.keys(LISTS).toSorted());
    const lists = Object.values(LISTS).filter((list) => list !== undefined);
    expect(Object.keys(await read()).toSorted()).toEqual(['account', 'truncatedLists', ...lists].toSorted());
  });

  it('contains the data of the account, nothing of other accounts, and no secrets', async () => {
    const [session] = [await logIn(user, ada.email), await signUp(user)];
    await addPasskey(user, ada);
    await createApiKey(user, ada);
    await ada.run(() => user.client.setProfilePin({ profileId: ada.profileId, pin: '1234' }));
    expect(await read()).toMatchObject({
      account: { id: ada.accountId, email: ada.email, role: 'viewer' },
      profiles: [{ id: ada.profileId, name: 'Ada', hasPin: true }],
      sessions: [{ id: session.id }],
      passkeys: [{ name: 'Laptop', credentialId: expect.stringMatching(/^[\w-]{43}$/) }],
      apiKeys: [{ name: 'CI', scopes: ['catalog:read'], expiresAt: expect.any(String) }],
      mailLinks: [{ purpose: 'emailVerification', email: ada.email }],
      securityEvents: [
        // This download, and below the one of the previous test.
        { kind: 'dataExported' },
        { kind: 'pinSet' },
        { kind: 'apiKeyCreated' },
        { kind: 'passkeyAdded' },
        { kind: 'signedIn', sessionId: session.id },
        { kind: 'dataExported' },
        { kind: 'accountCreated' },
      ],
    });
    expect(JSON.stringify(await read())).not.toMatch(/hash|\$argon2|token|publicKey/i);
  });

  it('contains the newest rows of long lists, and names these lists', async () => {
    const bob = await signUp(user);
    const addRows = (table: string, columns: string, values: string, id: string) =>
      user.database.query(`INSERT INTO ${table} (${columns}) SELECT ${values} FROM generate_series(1, 5000)`, [id]);
    await addRows('security_event', 'account_id, kind', `$1::uuid, 'passwordRejected'`, bob.accountId);
    await addRows('rating', 'profile_id, title_id, thumb', `$1::uuid, gen_random_uuid(), 'up'`, bob.profileId);
    const data = await read({ accountId: bob.accountId, profileId: bob.profileId });
    const countRows = (list: string) => (data[list] as readonly unknown[]).length;
    expect([countRows('securityEvents'), countRows('ratings')]).toEqual([5_000, 5_000]);
    expect(data).toMatchObject({ truncatedLists: ['securityEvents'] });
    expect(data['securityEvents']).toContainEqual(expect.objectContaining({ kind: 'dataExported' }));
  });

  it('requires a selected profile without a maximum age', async () => {
    await expect(read({ maximumAge: 8 })).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    const { accountId } = ada;
    const withoutProfile = runAs({ ...newCaller(), accountId }, () =>
      user.client.exportAccount({ password: PASSWORD }),
    );
    await expect(withoutProfile).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
    await expect(read({ accountId: newCaller().accountId })).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
  });

  it('requires the password, and records a wrong one', async () => {
    await expect(read({}, 'a wrong password')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    const { securityEvents } = await read();
    const latest = (securityEvents as unknown[]).slice(0, 2);
    expect(latest).toMatchObject([{ kind: 'dataExported' }, { kind: 'passwordRejected' }]);
  });
});
