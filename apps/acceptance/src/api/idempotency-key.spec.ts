import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { expectProblem, get, post, requireBody, retryWhenRateLimited } from '../support/http.js';
import { uniqueEmail } from '../support/unique.js';
import { Viewer } from '../support/viewer.js';

describe('an Idempotency-Key', () => {
  const createProfile = (token: string, key: string, name: string) =>
    post<Schema<'Profile'>>('/v1/profiles', { name }, { token, headers: { 'idempotency-key': key } });
  const listNames = async (token: string): Promise<string[]> =>
    requireBody(await get<Schema<'ProfileList'>>('/v1/profiles', { token }), 200).profiles.map(({ name }) => name);

  it('returns 422 for another body with a used Idempotency-Key, and accepts a corrected body after an error', async () => {
    const { token } = await Viewer.signUp();
    const key = randomUUID();
    expectProblem(await createProfile(token, key, ''), 400, 'REQUEST_INVALID');
    requireBody(await createProfile(token, key, 'Bea'), 201);
    expectProblem(await createProfile(token, key, 'Cai'), 422, 'IDEMPOTENCY_KEY_REUSED');
    expect(await listNames(token)).toEqual(['Ana', 'Bea']);
  });

  it('does not share an Idempotency-Key between accounts, or with an anonymous caller', async () => {
    const key = randomUUID();
    for (const viewer of [await Viewer.signUp(), await Viewer.signUp()]) {
      const response = await createProfile(viewer.token, key, 'Bea');
      expect([response.status, response.headers.get('idempotent-replayed')]).toEqual([201, null]);
      expect(await listNames(viewer.token)).toEqual(['Ana', 'Bea']);
    }
    const body = { email: uniqueEmail(), password: Viewer.password, profileName: 'Bea' };
    const headers = { 'idempotency-key': key };
    requireBody(await retryWhenRateLimited(() => post('/v1/accounts', body, { headers })), 201);
  });

  it.each(['', 'two words', 'a'.repeat(129)])('returns 400 for the Idempotency-Key "%s"', async (key) => {
    const response = await post('/v1/accounts', {}, { headers: { 'idempotency-key': key } });
    expectProblem(response, 400, 'IDEMPOTENCY_KEY_INVALID');
  });
});
