import { randomUUID } from 'node:crypto';
import type { userV1 } from '@viernes/contracts';
import { currentContext, listGrpcMethods, runInContext } from '@viernes/platform';
import { newCaller, runAs } from '@viernes/platform/testing';
import { uniqueName } from '@viernes/testing';
import { lockInTransaction, Transactions } from '@viernes/database';
import { decodeJwt } from 'jose';
import { PasswordHashing } from '../account/password-hashing.js';
import {
  signInWithPassword,
  PASSWORD,
  signUp,
  startUser,
  waitUntilBlocked,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';

type Client = TestUser['client'];

/** The fields of all requests that manage the household. */
const HOUSEHOLD_REQUEST = {
  ...{ name: '', avatar: '', language: '', isKids: false, pin: '', profileId: '', password: '', newPassword: '' },
  ...{ email: '', pageSize: 0, cursor: '', scopes: [], validDays: 0, apiKeyId: '' },
  ...{ from: '2026-11-01T00:00:00Z', to: '2026-11-02T00:00:00Z', interval: 0, dimensions: [], order: 0 },
};

describe('the profiles of an account', () => {
  let user: TestUser;
  let ada: TestAccount;
  let session: userV1.Session;
  const run = <Result>(work: (client: Client) => Promise<Result>, as = session): Promise<Result> =>
    ada.run(() => work(user.client), as.id);
  const create = async (changes: Partial<userV1.CreateProfileRequest> = {}, as = session): Promise<userV1.Profile> => {
    const request = {
      name: 'Bo',
      avatar: '',
      language: 'en',
      isKids: false,
      maximumAge: undefined,
      pin: '',
      ...changes,
    };
    const { profile } = await run((client) => client.createProfile(request), as);
    if (!profile) throw new Error('the response contains no profile');
    return profile;
  };
  const update = async (profileId: string, changes: Partial<userV1.UpdateProfileRequest>, as = session) =>
    (await run((client) => client.updateProfile({ profileId, maximumAgeChange: undefined, ...changes }), as)).profile;
  const select = (profileId: string, pin = '', as = session) =>
    run((client) => client.selectProfile({ profileId, pin }), as);
  const setPin = (profileId: string, pin: string, as = session) =>
    run((client) => client.setProfilePin({ profileId, pin }), as);

  beforeAll(async () => {
    user = await startUser();
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
    session = await signInWithPassword(user, ada.email);
  });

  it('creates, changes, and deletes a profile', async () => {
    const kid = await create({ name: ' Bo ', avatar: 'owl', language: 'es', isKids: true });
    expect(kid).toMatchObject({
      name: 'Bo',
      avatar: 'owl',
      language: 'es',
      isKids: true,
      maximumAge: 8,
      hasPin: false,
    });
    expect(await update(kid.id, { name: 'Bob', maximumAgeChange: { maximumAge: 7 } })).toMatchObject({
      name: 'Bob',
      maximumAge: 7,
    });
    const changed = await update(kid.id, { isKids: false, maximumAgeChange: { maximumAge: undefined } });
    expect(changed).toMatchObject({ name: 'Bob', avatar: 'owl', isKids: false });
    expect(changed).not.toHaveProperty('maximumAge');
    expect((await run((client) => client.getProfile({ profileId: kid.id }))).profile).toEqual(changed);
    await run((client) => client.deleteProfile({ profileId: kid.id }));
    expect((await run((client) => client.listProfiles({}))).profiles.map(({ id }) => id)).toEqual([ada.profileId]);
  });

  it('limits an account to five profiles, also if they are created in parallel', async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => create({ name: `Bo ${index}` })));
    const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(failures).toEqual(Array(4).fill(expect.objectContaining({ code: 'PROFILE_LIMIT_REACHED' })));
    expect((await run((client) => client.listProfiles({}))).profiles).toHaveLength(5);
  });

  it('keeps the profile names of an account unique, ignoring case in every script', async () => {
    await create({ name: 'ÉLÉONORE' });
    const taken = { code: 'PROFILE_NAME_TAKEN' };
    await expect(create({ name: 'éléonore' })).rejects.toMatchObject(taken);
    await expect(update(ada.profileId, { name: 'Éléonore' })).rejects.toMatchObject(taken);
    expect(await update(ada.profileId, { name: 'ADA' })).toMatchObject({ name: 'ADA' });
  });

  it.each<[string, Partial<userV1.CreateProfileRequest>]>([
    ['maximumAge', { isKids: true, maximumAge: 13 }],
    ['maximumAge', { maximumAge: 9 }],
    ['avatar', { avatar: 'shark' }],
    ['language', { language: 'Deutsch' }],
    ['pin', { pin: '12345' }],
    ['name', { name: '' }],
  ])('rejects a profile with an invalid %s', async (path, changes) => {
    const invalid = { code: 'REQUEST_INVALID', fieldErrors: [expect.objectContaining({ path })] };
    await expect(create(changes)).rejects.toMatchObject(invalid);
  });

  it('requires one profile without a maximum age', async () => {
    const required = { code: 'PROFILE_REQUIRED' };
    await create({ isKids: true });
    await expect(run((client) => client.deleteProfile({ profileId: ada.profileId }))).rejects.toMatchObject(required);
    await expect(update(ada.profileId, { isKids: true })).rejects.toMatchObject(required);
  });

  it('does not distinguish profiles of other accounts from those that do not exist', async () => {
    const { profileId } = await signUp(user);
    for (const id of [profileId, randomUUID(), '', '\u0000']) {
      const notFound = { code: 'PROFILE_NOT_FOUND' };
      await expect(run((client) => client.getProfile({ profileId: id }))).rejects.toMatchObject(notFound);
      await expect(update(id, { name: 'Eve' })).rejects.toMatchObject(notFound);
      await expect(run((client) => client.deleteProfile({ profileId: id }))).rejects.toMatchObject(notFound);
      await expect(select(id)).rejects.toMatchObject(notFound);
      await expect(setPin(id, '1234')).rejects.toMatchObject(notFound);
      const removed = run((client) => client.removeProfilePin({ profileId: id, password: PASSWORD }));
      await expect(removed).rejects.toMatchObject(notFound);
    }
  });

  it('puts the selected profile and its maximum age into access tokens, also after a refresh', async () => {
    expect(decodeJwt(session.accessToken)).toMatchObject({ pid: ada.profileId, role: 'viewer' });
    expect(session.selectedProfileId).toBe(ada.profileId);
    const kid = await create({ isKids: true });
    const { accessToken } = await select(kid.id);
    expect(decodeJwt(accessToken)).toMatchObject({ sub: ada.accountId, sid: session.id, pid: kid.id, age: 8 });
    await update(kid.id, { maximumAgeChange: { maximumAge: 7 } });
    const { session: refreshed } = await user.client.refreshSession({ refreshToken: session.refreshToken });
    expect(refreshed?.selectedProfileId).toBe(kid.id);
    expect(decodeJwt(refreshed?.accessToken ?? '')).toMatchObject({ pid: kid.id, age: 7 });
  });

  it('selects no profile for a new session if there are several, or if the only one has a PIN', async () => {
    await setPin(ada.profileId, '1234');
    expect(decodeJwt((await signInWithPassword(user, ada.email)).accessToken)).not.toHaveProperty('pid');
    await create();
    expect((await signInWithPassword(user, ada.email)).selectedProfileId).toBeUndefined();
  });

  it('issues the role viewer for a profile with a maximum age, and the role of the account for one without', async () => {
    await user.database.query(`UPDATE account SET role = 'editor' WHERE id = $1`, [ada.accountId]);
    const kid = await create({ isKids: true });
    expect(decodeJwt((await select(kid.id)).accessToken)).toMatchObject({ role: 'viewer' });
    expect(decodeJwt((await select(ada.profileId)).accessToken)).toMatchObject({ role: 'editor' });
  });

  it('issues the role viewer without a selected profile, also after a kids profile has deleted itself', async () => {
    await user.database.query(`UPDATE account SET role = 'admin' WHERE id = $1`, [ada.accountId]);
    expect(decodeJwt((await signInWithPassword(user, ada.email)).accessToken)).toMatchObject({ role: 'admin' });
    const kid = await create({ isKids: true });
    await select(kid.id);
    await run((client) => client.deleteProfile({ profileId: kid.id }));
    const { session: refreshed } = await user.client.refreshSession({ refreshToken: session.refreshToken });
    expect(decodeJwt(refreshed?.accessToken ?? '')).toMatchObject({ role: 'viewer' });
  });

  it('hashes no PIN for a request that fails', async () => {
    for (const name of ['B', 'C', 'D', 'E']) await create({ name });
    const hashing = user.get(PasswordHashing);
    hashing.hash = () => Promise.reject(new Error('hashed'));
    await expect(create({ name: 'F', pin: '0123' })).rejects.toMatchObject({ code: 'PROFILE_LIMIT_REACHED' });
    await expect(setPin(randomUUID(), '0123')).rejects.toMatchObject({ code: 'PROFILE_NOT_FOUND' });
    // Restores the method of the class.
    Reflect.deleteProperty(hashing, 'hash');
  });

  it.each([
    ['has a new PIN', 'PIN_REQUIRED', `UPDATE profile SET pin_hash = 'x' WHERE id = $1`],
    ['was deleted', 'PROFILE_NOT_FOUND', 'DELETE FROM profile WHERE id = $1'],
  ])('does not select a profile that %s since the check of its PIN', async (_, code, sql) => {
    const { id } = await create({ pin: '0123' });
    const { rejection } = await user.get(Transactions).run(async (tx) => {
      await lockInTransaction(tx, 'accountProfiles', ada.accountId);
      const pending = expect(select(id, '0123')).rejects.toMatchObject({ code });
      await waitUntilBlocked(user);
      await tx.query(sql, [id]);
      return { rejection: pending };
    });
    await rejection;
  });

  it('selects no profile after the end of the session', async () => {
    await run((client) => client.revokeSession({ sessionId: '' }));
    await expect(select(ada.profileId)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });

  describe('with a PIN', () => {
    let kid: userV1.Profile;
    beforeEach(async () => {
      kid = await create({ isKids: true });
      await setPin(ada.profileId, '0123');
    });

    it('requires the PIN to select the profile, and stores it only as a hash', async () => {
      await select(kid.id);
      await expect(select(ada.profileId)).rejects.toMatchObject({ code: 'PIN_REQUIRED' });
      await expect(select(ada.profileId, '0124')).rejects.toMatchObject({ code: 'PIN_WRONG' });
      expect(decodeJwt((await select(ada.profileId, '0123')).accessToken)).toMatchObject({ pid: ada.profileId });
      const [row] = await user.database.query<{ pin_hash: string }>('SELECT pin_hash FROM profile WHERE id = $1', [
        ada.profileId,
      ]);
      expect(row?.pin_hash).toMatch(/^\$argon2id\$/);
    });

    it('does not let a session of the kids profile change other profiles, raise a maximum age, or add a profile', async () => {
      await select(kid.id);
      const pinRequired = { code: 'PIN_REQUIRED' };
      await expect(update(ada.profileId, { name: 'Eve' })).rejects.toMatchObject(pinRequired);
      await expect(run((client) => client.deleteProfile({ profileId: ada.profileId }))).rejects.toMatchObject(
        pinRequired,
      );
      await expect(setPin(ada.profileId, '9999')).rejects.toMatchObject(pinRequired);
      const limited = { code: 'PROFILE_LIMITED' };
      await expect(update(kid.id, { isKids: false, maximumAgeChange: { maximumAge: 13 } })).rejects.toMatchObject(
        limited,
      );
      await expect(create({ name: 'Eve' })).rejects.toMatchObject(limited);
      expect(await update(kid.id, { name: 'Bobby' })).toMatchObject({ name: 'Bobby' });
      await select(ada.profileId, '0123');
      expect(await update(kid.id, { isKids: false, maximumAgeChange: { maximumAge: 13 } })).toMatchObject({
        maximumAge: 13,
      });
    });

    it('lets a session of the kids profile neither manage the account and its profiles, nor end another session', async () => {
      const household = listGrpcMethods(user.app).filter(({ access }) => access === 'household');
      expect(household.length).toBeGreaterThan(5);
      const client = user.client as unknown as Record<string, (request: object) => Promise<unknown>>;
      const caller = { ...newCaller(), accountId: ada.accountId, sessionId: session.id, profileId: kid.id };
      const asKid = <Result>(work: () => Promise<Result>) => runAs({ ...caller, maximumAge: 8 }, work);
      for (const { method } of household) {
        await expect(asKid(async () => client[method]?.(HOUSEHOLD_REQUEST))).rejects.toMatchObject({
          code: 'PROFILE_LIMITED',
        });
      }
      const other = await signInWithPassword(user, ada.email);
      const end = (sessionId: string) => asKid(() => user.client.revokeSession({ sessionId }));
      await expect(end(other.id)).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
      await asKid(() => user.client.selectProfile({ profileId: kid.id, pin: '' }));
      expect(await end(session.id)).toEqual({ endedSessionIds: [session.id] });
    });

    it('lets a session without a profile manage nothing, because a child can use it', async () => {
      const household = listGrpcMethods(user.app).filter(({ access }) => access === 'household');
      const client = user.client as unknown as Record<string, (request: object) => Promise<unknown>>;
      for (const { method } of household) {
        const call = ada.runWithoutProfile(async () => client[method]?.(HOUSEHOLD_REQUEST));
        await expect(call).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
      }
    });

    it('applies the same rules to a session that has to select its profile again', async () => {
      const other = await signInWithPassword(user, ada.email);
      await expect(create({ name: 'Eve' }, other)).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
      await expect(update(ada.profileId, { name: 'Eve' }, other)).rejects.toMatchObject({ code: 'PIN_REQUIRED' });
    });

    it('limits attempts to guess a PIN, also concurrent ones', async () => {
      const guesses = Array.from({ length: 12 }, (_, index) => select(ada.profileId, `10${10 + index}`));
      const results = await Promise.allSettled(guesses);
      const codes = results.map((result) =>
        result.status === 'rejected' ? (result.reason as { code: string }).code : '',
      );
      expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(5);
      expect(codes.filter((code) => code === 'PIN_LOCKED')).toHaveLength(7);
      await expect(select(ada.profileId, '0123')).rejects.toMatchObject({ code: 'PIN_LOCKED' });
      await user.database.query(`UPDATE profile SET pin_attempted_at = now() - interval '11 minutes'`);
      await select(ada.profileId, '0123');
    });

    it('lists what the profile has watched only for a session that has selected it', async () => {
      const { profileId } = ada;
      const reads: readonly (() => Promise<unknown>)[] = [
        () => user.client.listContinueWatching({ profileId, pageSize: 0 }),
        () => user.client.getResumePosition({ profileId, titleId: randomUUID() }),
        () => user.client.getLatestProgress({ profileId, titleIds: [randomUUID()] }),
      ];
      for (const read of reads) {
        const readAs = (selectedId: string) =>
          ada.run(() => runInContext({ ...currentContext(), profileId: selectedId }, read));
        await expect(readAs(kid.id)).rejects.toMatchObject({ code: 'PIN_REQUIRED' });
        await expect(readAs(profileId)).resolves.toBeDefined();
      }
    });

    it('removes the PIN with the password in another Unicode normalization form', async () => {
      const email = uniqueName('zoe') + '@example.org';
      await user.client.createAccount({ email, password: 'Zo\u00eb has a password', profileName: 'Zoe' });
      const { account, profiles } = await signInWithPassword(user, email, 'Zo\u00eb has a password');
      const request = { profileId: profiles[0]?.id ?? '', password: 'Zoe\u0308 has a password' };
      const caller = { ...newCaller(), accountId: account?.id ?? '' };
      await expect(runAs(caller, () => user.client.removeProfilePin(request))).resolves.toBeDefined();
    });

    it('removes the PIN with the password of the account', async () => {
      await select(kid.id);
      const remove = (password: string) =>
        run((client) => client.removeProfilePin({ profileId: ada.profileId, password }));
      await expect(remove('correct horse batterY')).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
      await remove(PASSWORD);
      await select(ada.profileId);
    });

    it('deselects the profile in other sessions when its PIN changes', async () => {
      const other = await signInWithPassword(user, ada.email);
      await select(ada.profileId, '0123', other);
      await setPin(ada.profileId, '4567');
      const { session: refreshed } = await user.client.refreshSession({ refreshToken: other.refreshToken });
      expect(refreshed?.selectedProfileId).toBeUndefined();
    });
  });
});
