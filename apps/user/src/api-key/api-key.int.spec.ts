import { createHash, randomUUID } from 'node:crypto';
import { API_KEY, MAX_API_KEYS, userV1 } from '@viernes/contracts';
import { RowCleanups } from '@viernes/database';
import { newCaller, runAs } from '@viernes/platform/testing';
import { eventually } from '@viernes/testing';
import {
  createApiKey,
  listEventKinds,
  PASSWORD,
  signUp,
  startUser,
  type TestAccount,
  type TestUser,
} from '../testing/test-user.js';

const DAY_MS = 24 * 3_600_000;

describe('API keys', () => {
  const admin = { email: 'admin@example.org', password: 'an admin password' };
  let user: TestUser;
  let ada: TestAccount;

  beforeAll(async () => {
    user = await startUser({ admin });
  });
  afterAll(() => user?.stop());
  beforeEach(async () => {
    ada = await signUp(user);
  });

  const verify = (secret: string) => user.client.verifyApiKey({ secret });
  const expectInvalid = (secret: string) => expect(verify(secret)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  const list = async (account = ada) => (await account.run(() => user.client.listApiKeys({}))).apiKeys;
  const revoke = (apiKeyId: string) => ada.run(() => user.client.revokeApiKey({ apiKeyId }));
  const rotate = (apiKeyId: string, changes: Partial<userV1.RotateApiKeyRequest> = {}) =>
    ada.run(() => user.client.rotateApiKey({ apiKeyId, password: PASSWORD, validDays: 0, ...changes }));

  it('creates an API key with a secret of 256 bits, of which only the SHA-256 is stored', async () => {
    const { apiKey, secret } = await createApiKey(user, ada, { scopes: ['playback', 'catalog:read', 'playback'] });
    expect(secret).toMatch(API_KEY.pattern);
    expect(Buffer.from(secret.slice(apiKey.prefix.length + 1), 'base64url')).toHaveLength(32);
    expect(apiKey).toMatchObject({ name: 'CI', scopes: ['catalog:read', 'playback'], profileId: ada.profileId });
    expect(await list()).toEqual([apiKey]);
    const rows = await user.database.query<{ hash: Buffer }>('SELECT hash FROM api_key_secret WHERE api_key_id = $1', [
      apiKey.id,
    ]);
    expect(rows).toEqual([{ hash: createHash('sha256').update(secret).digest() }]);
    const dump = await user.database.query(
      'SELECT k.*, s.* FROM api_key k JOIN api_key_secret s ON s.api_key_id = k.id',
    );
    expect(JSON.stringify(dump)).not.toContain(secret.slice(apiKey.prefix.length + 1));
  });

  it('an API key expires after 90 days, or as requested', async () => {
    const { apiKey } = await createApiKey(user, ada);
    const short = await createApiKey(user, ada, { validDays: 1 });
    const daysOf = ({ createdAt, expiresAt }: userV1.ApiKey) =>
      Math.round((Date.parse(expiresAt ?? '') - Date.parse(createdAt ?? '')) / DAY_MS);
    expect([apiKey, short.apiKey].map(daysOf)).toEqual([90, 1]);
    await user.database.query(`UPDATE api_key_secret SET expires_at = now() WHERE api_key_id = $1`, [short.apiKey.id]);
    await expectInvalid(short.secret);
    expect(await list()).toHaveLength(2);
  });

  it('requires the password, known scopes, and a profile without a maximum age to create an API key', async () => {
    const create = (changes: Partial<userV1.CreateApiKeyRequest>) => createApiKey(user, ada, changes);
    await expect(create({ password: 'wrong' })).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    await expect(create({ scopes: [] })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    await expect(create({ scopes: ['everything'] })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    await expect(create({ validDays: 366 })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    const { accountId, profileId } = ada;
    const request = { password: PASSWORD, name: 'CI', scopes: ['playback'], validDays: 0 };
    const createAs = (changes: object) =>
      runAs({ ...newCaller(), accountId, ...changes }, () => user.client.createApiKey(request));
    await expect(createAs({})).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
    await expect(createAs({ profileId, maximumAge: 8 })).rejects.toMatchObject({ code: 'PROFILE_LIMITED' });
    await expect(createAs({ profileId: randomUUID() })).rejects.toMatchObject({ code: 'PROFILE_NOT_SELECTED' });
    expect(await list()).toEqual([]);
  });

  it('limits the API keys of an account, also for concurrent requests, and does not count revoked ones', async () => {
    for (let count = 0; count < MAX_API_KEYS - 1; count += 1)
      await user.database.query(
        `WITH key AS (INSERT INTO api_key (id, account_id, name, prefix, scopes)
           VALUES (gen_random_uuid(), $1, 'CI', 'vrn_', '{}') RETURNING id)
         INSERT INTO api_key_secret (id, api_key_id, hash, expires_at)
           SELECT gen_random_uuid(), id, uuid_send(gen_random_uuid()), now() + interval '1 day' FROM key`,
        [ada.accountId],
      );
    const results = await Promise.allSettled([createApiKey(user, ada), createApiKey(user, ada)]);
    const limited = { status: 'rejected', reason: expect.objectContaining({ code: 'API_KEY_LIMIT_REACHED' }) as Error };
    expect(results.filter(({ status }) => status === 'rejected')).toEqual([limited]);
    await revoke((await list())[0]?.id ?? '');
    await expect(createApiKey(user, ada)).resolves.toBeDefined();
  });

  it('an API key acts for the account and the profile, with the maximum age and the role that both have now', async () => {
    const { secret } = await createApiKey(user, ada, { scopes: ['playback'] });
    const { accountId, profileId } = ada;
    await user.database.query(`UPDATE account SET role = 'editor' WHERE id = $1`, [accountId]);
    const verified = await verify(secret);
    expect(verified).toMatchObject({ accountId, profileId, role: userV1.Role.ROLE_EDITOR, scopes: ['playback'] });
    expect(verified.maximumAge).toBeUndefined();
    await user.database.query('UPDATE profile SET maximum_age = 8 WHERE id = $1', [profileId]);
    expect(await verify(secret)).toMatchObject({ profileId, maximumAge: 8, role: userV1.Role.ROLE_VIEWER });
    await user.database.query('DELETE FROM profile WHERE id = $1', [profileId]);
    const withoutProfile = await verify(secret);
    expect(withoutProfile).toMatchObject({ accountId, role: userV1.Role.ROLE_VIEWER });
    expect(withoutProfile.profileId).toBeUndefined();
  });

  it('rejects unknown and malformed secrets with the same error', async () => {
    const { secret } = await createApiKey(user, ada);
    const other = `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`;
    for (const invalid of [other, '', 'vrn_', `${secret}A`, secret.slice(4)]) await expectInvalid(invalid);
  });

  it('records the latest use of an API key', async () => {
    const [used, unused] = [await createApiKey(user, ada), await createApiKey(user, ada)];
    expect(used.apiKey.lastUsedAt).toBeUndefined();
    await Promise.all([verify(used.secret), verify(used.secret)]);
    await eventually(async () => (await list())[0]?.lastUsedAt !== undefined);
    expect((await list()).map(({ id, lastUsedAt }) => [id, lastUsedAt !== undefined])).toEqual([
      [used.apiKey.id, true],
      [unused.apiKey.id, false],
    ]);
  });

  it('retains the previous secret of a rotated API key for the overlap', async () => {
    const { apiKey, secret } = await createApiKey(user, ada, { validDays: 1 });
    const rotated = await rotate(apiKey.id);
    expect(rotated).toMatchObject({ apiKey: { id: apiKey.id, prefix: apiKey.prefix }, endedSecretIds: [] });
    const [first, second] = [await verify(secret), await verify(rotated.secret)];
    expect(first.secretId).not.toBe(second.secretId);
    // 24 hours by default, but not longer than the secret was valid before.
    expect(Date.parse(first.expiresAt ?? '')).toBeLessThanOrEqual(Date.parse(apiKey.expiresAt ?? ''));
    expect(Date.parse(second.expiresAt ?? '')).toBeGreaterThan(Date.now() + 80 * DAY_MS);
    const hour = await rotate(apiKey.id, { overlapHours: 1 });
    expect(Date.parse((await verify(rotated.secret)).expiresAt ?? '')).toBeLessThan(Date.now() + 2 * 3_600_000);
    expect(await list()).toEqual([expect.objectContaining({ id: apiKey.id, expiresAt: hour.apiKey?.expiresAt })]);
  });

  it('ends the previous secrets immediately if the overlap is 0, and returns their IDs again', async () => {
    const { apiKey, secret } = await createApiKey(user, ada);
    const { secretId } = await verify(secret);
    const rotated = await rotate(apiKey.id, { overlapHours: 0 });
    expect(rotated.endedSecretIds).toEqual([secretId]);
    await expectInvalid(secret);
    const second = await verify(rotated.secret);
    const again = await rotate(apiKey.id, { overlapHours: 0 });
    expect(again.endedSecretIds.toSorted()).toEqual([secretId, second.secretId].toSorted());
    await expect(rotate(apiKey.id, { password: 'wrong' })).rejects.toMatchObject({ code: 'PASSWORD_WRONG' });
    await expect(rotate(apiKey.id, { overlapHours: 169 })).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });

  it('revokes an API key with all secrets, also if the call is repeated', async () => {
    const { apiKey, secret } = await createApiKey(user, ada);
    const rotated = await rotate(apiKey.id);
    const ids = [(await verify(secret)).secretId, (await verify(rotated.secret)).secretId].toSorted();
    for (const _call of ['first', 'repeated']) expect((await revoke(apiKey.id)).endedSecretIds.toSorted()).toEqual(ids);
    await expectInvalid(secret);
    await expectInvalid(rotated.secret);
    expect(await list()).toEqual([]);
    await expect(rotate(apiKey.id)).rejects.toMatchObject({ code: 'API_KEY_NOT_FOUND' });
    for (const unknown of [randomUUID(), 'x'])
      await expect(revoke(unknown)).rejects.toMatchObject({ code: 'API_KEY_NOT_FOUND' });
    const count = async () =>
      (await user.database.query('SELECT 1 FROM api_key_secret WHERE api_key_id = $1', [apiKey.id])).length;
    await user.get(RowCleanups).run();
    expect(await count()).toBe(2);
    await user.database.query(`UPDATE api_key SET revoked_at = now() - interval '16 minutes' WHERE id = $1`, [
      apiKey.id,
    ]);
    // The cleanup skips a key while its latest use is being stored.
    await eventually(async () => {
      await user.get(RowCleanups).run();
      return (await count()) === 0;
    });
  });

  it('records API keys in the audit log, and sends the owner a mail for each secret', async () => {
    await user.receiveMail(ada.email);
    const { apiKey } = await createApiKey(user, ada);
    await rotate(apiKey.id);
    await revoke(apiKey.id);
    await revoke(apiKey.id);
    expect(await listEventKinds(user, ada)).toEqual([
      'API_KEY_REVOKED',
      'API_KEY_ROTATED',
      'API_KEY_CREATED',
      'ACCOUNT_CREATED',
    ]);
    for (const _secret of ['first', 'second'])
      expect((await user.receiveMail(ada.email)).subject).toBe('A secret of an API key was created');
    expect(await user.countMails(ada.email)).toBe(0);
  });
});
