import { randomInt, randomUUID } from 'node:crypto';
import { CodedError, userV1 } from '@viernes/contracts';
import { eventually } from '@viernes/testing';
import { newApiKeySecret } from '../testing/api-key-secret.js';
import { titlePageMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const at = '2026-06-05T20:15:00.000Z';

function newVerification(changes: Partial<userV1.VerifyApiKeyResponse> = {}): userV1.VerifyApiKeyResponse {
  return {
    accountId: randomUUID(),
    secretId: randomUUID(),
    apiKeyId: randomUUID(),
    plan: 'account',
    role: userV1.Role.ROLE_VIEWER,
    scopes: ['profiles:read'],
    profileId: randomUUID(),
    maximumAge: undefined,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    ...changes,
  };
}

describe('API keys at the edge', () => {
  let edge: TestEdge;
  let other: TestEdge;
  let keys: Map<string, userV1.VerifyApiKeyResponse>;
  let verifications: string[];

  beforeAll(async () => {
    const settings = { TRUSTED_PROXIES: '127.0.0.1', RATE_LIMIT_UNKNOWN_API_KEY_PER_IP_PER_MINUTE: '3' };
    [edge, other] = await Promise.all([startEdge(settings), startEdge(settings)]);
  });
  afterAll(() => Promise.all([edge.stop(), other.stop()]));
  beforeEach(() => {
    keys = new Map();
    verifications = [];
    for (const { user } of [edge, other]) {
      user.handlers.verifyApiKey = ({ secret }) => {
        verifications.push(secret);
        const verified = keys.get(secret);
        if (!verified) throw new CodedError('UNAUTHENTICATED');
        return verified;
      };
      user.handlers.listProfiles = () => ({ profiles: [] });
    }
  });

  const addKey = (changes: Partial<userV1.VerifyApiKeyResponse> = {}): string => {
    const secret = newApiKeySecret();
    keys.set(secret, newVerification(changes));
    return secret;
  };
  /** Sends a request from a random IP address, whose limits no other test uses. */
  const get = (token: string, path = '/v1/profiles', { from = edge, ip = randomIp() } = {}): Promise<Response> =>
    from.fetch(path, { token, headers: { 'x-forwarded-for': ip } });
  const randomIp = (): string => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

  it('an API key acts for the account and the profile, with the role and the maximum age of the verification', async () => {
    const verified = newVerification({ role: userV1.Role.ROLE_EDITOR, maximumAge: 8, scopes: ['catalog:read'] });
    const secret = newApiKeySecret();
    keys.set(secret, verified);
    const names = ['account-id', 'session-id', 'role', 'profile-id', 'maximum-age'];
    let seen: string[] = [];
    edge.catalog.handlers.listTitles = (_request, { metadata }) => {
      seen = names.map((name) => String(metadata.get(`viernes-${name}`)[0]));
      return titlePageMessage();
    };
    expect((await get(secret, '/v1/titles')).status).toBe(200);
    expect(seen).toEqual([verified.accountId, verified.secretId, 'editor', verified.profileId, '8']);
  });

  it('verifies an API key once for concurrent and later requests', async () => {
    const secret = addKey();
    const responses = await Promise.all([get(secret), get(secret), get(secret)]);
    expect([...responses, await get(secret)].map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(verifications).toEqual([secret]);
  });

  it('caches an API key no longer than it is valid', async () => {
    const secret = addKey({ expiresAt: new Date(Date.now() + 300).toISOString() });
    expect((await get(secret)).status).toBe(200);
    keys.delete(secret);
    // Sooner than the 30 s after which the edge discards any cached verification.
    await eventually(async () => (await get(secret)).status === 401, { withinSeconds: 20 });
  });

  it('returns 403 SCOPE_MISSING for operations of other scopes, and for those that accept no API key', async () => {
    const secret = addKey({ role: userV1.Role.ROLE_ADMIN, scopes: ['catalog:write', 'playback'] });
    for (const path of ['/v1/profiles', '/v1/titles', '/v1/account/api-keys', '/v1/account/sessions']) {
      const response = await get(secret, path);
      expect([path, response.status, await response.json()]).toEqual([
        path,
        403,
        expect.objectContaining({ code: 'SCOPE_MISSING' }),
      ]);
    }
  });

  it('rejects a revoked API key at each edge immediately, also if it is cached', async () => {
    const [secret, secretId] = [addKey(), randomUUID()];
    keys.set(secret, newVerification({ secretId }));
    const survivor = addKey();
    for (const from of [edge, other])
      for (const key of [secret, survivor]) expect((await get(key, '/v1/profiles', { from })).status).toBe(200);
    edge.user.handlers.revokeApiKey = () => ({ endedSecretIds: [secretId] });
    const response = await edge.fetch(`/v1/account/api-keys/${randomUUID()}`, { method: 'DELETE' });
    expect(response.status).toBe(204);
    for (const from of [edge, other]) {
      expect((await get(secret, '/v1/profiles', { from })).status).toBe(401);
      expect((await get(survivor, '/v1/profiles', { from })).status).toBe(200);
    }
    expect(verifications).toHaveLength(4);
  });

  it('rejects an API key at each edge as soon as a rotation without overlap has ended it', async () => {
    const [secret, secretId] = [newApiKeySecret(), randomUUID()];
    keys.set(secret, newVerification({ secretId }));
    expect((await get(secret, '/v1/profiles', { from: other })).status).toBe(200);
    edge.user.handlers.rotateApiKey = () => ({
      apiKey: message,
      secret: newApiKeySecret(),
      endedSecretIds: [secretId],
    });
    const json = { password: 'correct horse battery', overlapHours: 0 };
    await edge.fetch(`/v1/account/api-keys/${message.id}/rotation`, { method: 'POST', json });
    expect((await get(secret, '/v1/profiles', { from: other })).status).toBe(401);
  });

  it('limits unknown API keys per IP address, without further verifications', async () => {
    const secret = addKey();
    const ip = randomIp();
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1)
      statuses.push((await get(newApiKeySecret(), '/v1/titles', { ip })).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect(verifications).toHaveLength(3);
    expect((await get(secret, '/v1/profiles', { ip })).status).toBe(429);
    expect((await get(secret)).status).toBe(200);
    // The edge has cached the key, so other clients behind the same address do not affect it.
    expect((await get(secret, '/v1/profiles', { ip })).status).toBe(200);
  });

  it('returns 401 for a malformed API key, without a verification', async () => {
    for (const malformed of ['vrn_', `${newApiKeySecret()}A`, newApiKeySecret().slice(0, -1)])
      expect((await get(malformed)).status).toBe(401);
    expect(verifications).toEqual([]);
  });

  it('returns 503 for API keys that are not cached while the user service is unavailable', async () => {
    const [cached, unknown] = [addKey({ scopes: ['catalog:read'] }), addKey()];
    edge.catalog.handlers.listTitles = () => titlePageMessage();
    expect((await get(cached, '/v1/titles')).status).toBe(200);
    edge.user.stop();
    expect((await get(cached, '/v1/titles')).status).toBe(200);
    expect((await get(unknown, '/v1/titles')).status).toBe(503);
    await edge.user.start();
    await eventually(async () => (await edge.fetch('/v1/profiles')).status === 200);
  });

  const message: userV1.ApiKey = {
    id: randomUUID(),
    name: 'Nightly import',
    prefix: 'vrn_0a1b2c3d',
    scopes: ['catalog:write'],
    createdAt: at,
    expiresAt: at,
  };
  const response = { ...message, profileId: null, lastUsedAt: null };

  it('lists, creates and rotates API keys', async () => {
    edge.user.handlers.listApiKeys = () => ({ apiKeys: [message, { ...message, lastUsedAt: at }] });
    const list = await edge.fetch('/v1/account/api-keys');
    expect(await list.json()).toEqual({ apiKeys: [response, { ...response, lastUsedAt: at }] });

    const received: unknown[] = [];
    const secret = newApiKeySecret();
    edge.user.handlers.createApiKey = (request) => {
      received.push(request);
      return { apiKey: message, secret };
    };
    edge.user.handlers.rotateApiKey = (request) => {
      received.push(request);
      return { apiKey: message, secret, endedSecretIds: [] };
    };
    const password = 'correct horse battery';
    const json = { name: 'Nightly import', scopes: ['catalog:write'], password };
    const created = await edge.fetch('/v1/account/api-keys', { method: 'POST', json });
    expect([created.status, await created.json()]).toEqual([201, { apiKey: response, secret }]);
    const path = `/v1/account/api-keys/${message.id}/rotation`;
    const rotated = await edge.fetch(path, { method: 'POST', json: { password, overlapHours: 0, validDays: 7 } });
    expect([rotated.status, await rotated.json()]).toEqual([201, { apiKey: response, secret }]);
    expect(received).toEqual([
      { ...json, validDays: 0 },
      { apiKeyId: message.id, password, overlapHours: 0, validDays: 7 },
    ]);
    const unknown = await edge.fetch('/v1/account/api-keys', { method: 'POST', json: { ...json, scopes: ['all'] } });
    expect(unknown.status).toBe(400);
  });
});
