import { userV1 } from '@viernes/contracts';
import { uniqueName } from '@viernes/testing';
import { PASSWORD, signUp, startUser, type TestUser } from '../testing/test-user.js';

describe('accounts', () => {
  let user: TestUser;
  const newCreateAccountRequest = (changes: Partial<userV1.CreateAccountRequest>): userV1.CreateAccountRequest => ({
    email: `${uniqueName('ada')}@example.org`,
    password: PASSWORD,
    profileName: 'Ada',
    ...changes,
  });

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());

  it('creates an account with one profile and the role viewer', async () => {
    const email = `${uniqueName('Ada')}@Example.org`;
    const { account, profiles } = await user.client.createAccount(
      newCreateAccountRequest({ email, profileName: ' Zoë ' }),
    );
    expect(account).toMatchObject({ email: email.toLowerCase(), role: userV1.Role.ROLE_VIEWER });
    expect(profiles).toMatchObject([{ id: expect.any(String), name: 'Zoë', isKids: false, hasPin: false }]);
  });

  it('stores the password only as an argon2id hash', async () => {
    const { email } = await signUp(user);
    const [row] = await user.database.query<{ row: string }>(
      'SELECT account::text AS row FROM account WHERE email = $1',
      [email],
    );
    expect(row?.row).toContain('$argon2id$');
    expect(row?.row).not.toContain(PASSWORD);
  });

  it('creates one account when concurrent requests share an email in different spellings', async () => {
    const email = `${uniqueName('ada')}@example.org`;
    const spellings = [email, email.toUpperCase(), ` ${email} `, email];
    const results = await Promise.allSettled(
      spellings.map((each) => user.client.createAccount(newCreateAccountRequest({ email: each }))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'EMAIL_TAKEN' });
    }
    const orphans = await user.database.query('SELECT 1 FROM profile WHERE account_id NOT IN (SELECT id FROM account)');
    expect(orphans).toEqual([]);
  });

  it.each<[string, string, Partial<userV1.CreateAccountRequest>]>([
    ['an email of 10 kB', 'email', { email: `${'x'.repeat(10_240)}@example.org` }],
    ['a NUL in the email', 'email', { email: 'a\u0000@example.org' }],
    ['SQL as email', 'email', { email: "' OR 1=1 --" }],
    ['a short password', 'password', { password: 'nine char' }],
    ['a password of 10 kB', 'password', { password: 'x'.repeat(10_240) }],
    ['a lone surrogate in the password', 'password', { password: 'ten letters\ud83c' }],
    ['no profile name', 'profileName', { profileName: ' ' }],
    ['a profile name of 10 kB', 'profileName', { profileName: 'x'.repeat(10_240) }],
    ['a NUL in the profile name', 'profileName', { profileName: 'a\u0000' }],
    ['a lone surrogate in the profile name', 'profileName', { profileName: 'a\ud800' }],
  ])('rejects a new account with %s', async (_, path, changes) => {
    await expect(user.client.createAccount(newCreateAccountRequest(changes))).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      fieldErrors: [expect.objectContaining({ path })],
    });
  });

  it('lists only the profiles of the caller, and none without a caller', async () => {
    const [ada, bob] = [await signUp(user), await signUp(user)];
    const { profiles } = await ada.run(() => user.client.listProfiles({}));
    expect(profiles.map(({ id }) => id)).toEqual([ada.profileId]);
    expect(profiles.map(({ id }) => id)).not.toContain(bob.profileId);
    await expect(user.client.listProfiles({})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
