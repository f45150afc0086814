import { randomUUID } from 'node:crypto';
import { userV1 } from '@viernes/contracts';
import { profileMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('/v1/profiles', () => {
  const profile = profileMessage();
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge();
  });
  afterAll(() => edge.stop());

  it.each([
    [{}, 'es-MX,es;q=0.9', 'es'],
    [{}, 'de', 'en'],
    [{ language: 'en' }, 'es', 'en'],
  ])('creates a profile with %j for Accept-Language %s in the language %s', async (body, acceptLanguage, expected) => {
    const requests: userV1.CreateProfileRequest[] = [];
    edge.user.handlers.createProfile = (request) => {
      requests.push(request);
      return { profile };
    };
    const response = await edge.fetch('/v1/profiles', {
      method: 'POST',
      json: { name: 'Bo', ...body },
      headers: { 'accept-language': acceptLanguage },
    });
    expect([response.status, response.headers.get('location')]).toEqual([201, `/v1/profiles/${profile.id}`]);
    expect(await response.json()).toEqual({ ...profile, maximumAge: null });
    expect(requests).toMatchObject([{ name: 'Bo', language: expected }]);
  });

  it('distinguishes removing the maximum age from not changing it', async () => {
    const requests: userV1.UpdateProfileRequest[] = [];
    edge.user.handlers.updateProfile = (request) => {
      requests.push(request);
      return { profile };
    };
    for (const body of [{ name: 'Bob' }, { maximumAge: null }, { maximumAge: 13 }]) {
      const headers = { 'content-type': 'application/merge-patch+json' };
      const path = `/v1/profiles/${profile.id}`;
      const response = await edge.fetch(path, { method: 'PATCH', headers, body: JSON.stringify(body) });
      expect(response.status).toBe(200);
    }
    expect(requests.map(({ name, maximumAgeChange }) => [name, maximumAgeChange])).toEqual([
      ['Bob', undefined],
      [undefined, {}],
      [undefined, { maximumAge: 13 }],
    ]);
  });

  it('counts requests with a PIN and PIN removals like sign-ins, and forwards the client address of removals', async () => {
    const clients: unknown[] = [];
    edge.user.handlers.setProfilePin = () => ({});
    edge.user.handlers.selectProfile = () => ({ profile, accessToken: 'x', accessExpiresAt: new Date().toISOString() });
    edge.user.handlers.createProfile = () => ({ profile });
    edge.user.handlers.removeProfilePin = (_, { metadata }) => {
      clients.push(metadata.get('viernes-client-address')[0]);
      return {};
    };
    const token = await edge.issuer.sign({ accountId: randomUUID() });
    const path = `/v1/profiles/${profile.id}`;
    const fetchStatus = async ([url, method, json]: readonly [string, string, object]): Promise<number> =>
      (await edge.fetch(url, { method, json, token })).status;
    const requests = [
      [`${path}/pin`, 'PUT', { pin: '0123' }],
      [`${path}/selection`, 'POST', { pin: '0123' }],
      [`${path}/pin-removal`, 'POST', { password: 'correct horse battery' }],
      ['/v1/profiles', 'POST', { name: 'Bo', pin: '0123' }],
    ] as const;
    for (let count = 0; count < 10; count += 1)
      expect(await fetchStatus(requests[count % requests.length] ?? requests[0])).toBeLessThan(300);
    for (const request of requests) expect(await fetchStatus(request)).toBe(429);
    expect(await fetchStatus([`${path}/selection`, 'POST', {}])).toBe(200);
    expect(clients).toEqual([expect.any(String), expect.any(String)]);
  });

  it('forwards the profile and the maximum age of the access token, not those in request headers', async () => {
    const received: (string | undefined)[][] = [];
    edge.user.handlers.listProfiles = (_, { metadata }) => {
      const read = (key: string): string | undefined => metadata.get(key)[0]?.toString();
      received.push([read('viernes-profile-id'), read('viernes-maximum-age')]);
      return { profiles: [] };
    };
    const profileId = randomUUID();
    for (const claims of [{}, { profileId }, { profileId, maximumAge: 0 }, { profileId, maximumAge: 8 }]) {
      const headers = { 'viernes-profile-id': randomUUID(), 'viernes-maximum-age': '18' };
      await edge.fetch('/v1/profiles', { token: await edge.issuer.sign(claims), headers });
    }
    expect(received).toEqual([
      [undefined, undefined],
      [profileId, undefined],
      [profileId, '0'],
      [profileId, '8'],
    ]);
  });
});
