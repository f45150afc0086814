import { userV1 } from '@viernes/contracts';
import { createTestDatabase, uniqueName } from '@viernes/testing';
import { logIn, PASSWORD, signUp } from '../testing/people.js';
import { startUser, type TestUser } from '../testing/start-user.js';

describe('accounts', () => {
  let user: TestUser;
  const newAccount = (changes: Partial<userV1.CreateAccountRequest>): userV1.CreateAccountRequest => ({
    email: `${uniqueName('ada')}@example.org`,
    password: PASSWORD,
    profileName: 'Ada',
    ...changes,
  });

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());

  it('begin with one profile, as a viewer', async () => {
    const email = `${uniqueName('Ada')}@Example.org`;
    const { account, profiles } = await user.client.createAccount(newAccount({ email, profileName: ' Zoë ' }));
    expect(account).toMatchObject({ email: email.toLowerCase(), role: userV1.Role.ROLE_VIEWER });
    expect(profiles).toEqual([{ id: expect.any(String), name: 'Zoë' }]);
  });

  it('never store a password that can be read', async () => {
    const { email } = await signUp(user);
    const [row] = await user.database.query<{ row: string }>(
      'select account::text as row from account where email = $1',
      [email],
    );
    expect(row?.row).toContain('$argon2id$');
    expect(row?.row).not.toContain(PASSWORD);
  });

  it('exist once for each email, however it is written and whoever comes at the same time', async () => {
    const email = `${uniqueName('ada')}@example.org`;
    const spellings = [email, email.toUpperCase(), ` ${email} `, email];
    const results = await Promise.allSettled(
      spellings.map((each) => user.client.createAccount(newAccount({ email: each }))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'EMAIL_TAKEN' });
    }
    const orphans = await user.database.query('select 1 from profile where account_id not in (select id from account)');
    expect(orphans).toEqual([]);
  });

  it.each<[string, string, Partial<userV1.CreateAccountRequest>]>([
    ['an email of 10 kB', 'email', { email: `${'x'.repeat(10_240)}@example.org` }],
    ['a NUL in the email', 'email', { email: 'a\u0000@example.org' }],
    ['SQL for an email', 'email', { email: "' or 1=1 --" }],
    ['a short password', 'password', { password: 'nine char' }],
    ['a password of 10 kB', 'password', { password: 'x'.repeat(10_240) }],
    ['half a character in the password', 'password', { password: 'ten letters\ud83c' }],
    ['no profile name', 'profileName', { profileName: ' ' }],
    ['a profile name of 10 kB', 'profileName', { profileName: 'x'.repeat(10_240) }],
    ['a NUL in the profile name', 'profileName', { profileName: 'a\u0000' }],
    ['a lone surrogate in the profile name', 'profileName', { profileName: 'a\ud800' }],
  ])('with %s are refused', async (_, path, changes) => {
    await expect(user.client.createAccount(newAccount(changes))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [expect.objectContaining({ path })],
    });
  });

  it('show each caller their own profiles', async () => {
    const [ada, bob] = [await signUp(user), await signUp(user)];
    const { profiles } = await ada.as(() => user.client.listProfiles({}));
    expect(profiles.map(({ id }) => id)).toEqual([ada.profileId]);
    expect(profiles.map(({ id }) => id)).not.toContain(bob.profileId);
    await expect(user.client.listProfiles({})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('the editor of the settings', () => {
  it('is there once replicas are ready that started together, and after a restart', async () => {
    const database = await createTestDatabase();
    const editor = { email: 'editor@example.org', password: 'a demo password' };
    const replicas = await Promise.all([startUser({ editor, database }), startUser({ editor, database })]);
    try {
      for (const replica of replicas) {
        const session = await logIn(replica, editor.email, editor.password);
        expect(session.account?.role).toBe(userV1.Role.ROLE_EDITOR);
        expect(session.profiles).toHaveLength(1);
      }
      replicas.push(await startUser({ editor: { ...editor, password: 'another password' }, database }));
      const accounts = await database.query('select email from account');
      expect(accounts).toEqual([{ email: editor.email }]);
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await database.drop();
    }
  });

  it('does not take over the account of somebody who has that email', async () => {
    const database = await createTestDatabase();
    const email = 'first@example.org';
    const before = await startUser({ database });
    await before.client.createAccount({ email, password: PASSWORD, profileName: 'First' });
    await before.stop();
    const after = await startUser({ editor: { email, password: 'a demo password' }, database });
    try {
      expect((await logIn(after, email)).account?.role).toBe(userV1.Role.ROLE_VIEWER);
    } finally {
      await after.stop();
      await database.drop();
    }
  });
});
