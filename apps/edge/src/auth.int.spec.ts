import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { CodedError } from '@viernes/contracts';
import { RevokedSessions } from '@viernes/gateway';
import { backing, eventually, TcpProxy } from '@viernes/testing';
import { startEdge, type TestEdge } from './testing/start-edge.js';
import { TokenIssuer } from './testing/token-issuer.js';
import { titlePageMessage } from './testing/messages.js';

describe('authentication', () => {
  let edge: TestEdge;
  let valkey: TcpProxy;

  beforeAll(async () => {
    const { hostname, port } = new URL(backing().valkeyUrl);
    valkey = await TcpProxy.reserve(hostname, Number(port));
    await valkey.open();
    edge = await startEdge({ VALKEY_URL: `redis://127.0.0.1:${valkey.port}/1` });
    edge.user.handlers.listProfiles = () => ({ profiles: [] });
    edge.user.handlers.revokeSession = () => ({ endedSessionIds: [] });
    edge.catalog.handlers = { listTitles: () => titlePageMessage() };
  });
  afterAll(async () => {
    await edge.stop();
    await valkey.close();
  });

  const getStatus = async (token: string | null): Promise<number> =>
    (await edge.fetch('/v1/profiles', { token })).status;

  it('forwards the caller to the services, also for a request with a body', async () => {
    const accountId = randomUUID();
    const sessionId = randomUUID();
    const seen: string[] = [];
    edge.catalog.handlers.createTitle = (_request, { metadata }) => {
      for (const key of ['account-id', 'session-id', 'role']) seen.push(String(metadata.get(`viernes-${key}`)[0]));
      throw new CodedError('TITLE_EXISTS');
    };
    const token = await edge.issuer.sign({ accountId, sessionId, role: 'editor' });
    const response = await edge.fetch('/v1/titles', { method: 'POST', token, json: { kind: 'film', name: 'M' } });
    expect(response.status).toBe(409);
    expect(seen).toEqual([accountId, sessionId, 'editor']);
  });

  it('accepts valid tokens, and returns 401 without one', async () => {
    expect(await getStatus(await edge.issuer.sign())).toBe(200);
    expect(await getStatus(null)).toBe(401);
  });

  it('returns 401 for an invalid token even if the operation requires none', async () => {
    expect((await edge.fetch('/v1/titles', { token: null })).status).toBe(200);
    expect((await edge.fetch('/v1/titles', { token: 'bad' })).status).toBe(401);
    expect((await edge.fetch('/v1/titles', { token: null, headers: { authorization: 'Basic eDp5' } })).status).toBe(
      401,
    );
  });

  describe('by a session cookie', () => {
    const getProfiles = (headers: Record<string, string>): Promise<Response> =>
      edge.fetch('/v1/profiles', { token: null, headers });

    it('identifies the caller by a session cookie', async () => {
      const cookie = `other=1; viernes_session=${await edge.issuer.sign()}; last=2`;
      expect((await getProfiles({ cookie })).status).toBe(200);
      expect((await getProfiles({ cookie: 'viernes_session=bad' })).status).toBe(401);
      expect((await getProfiles({ cookie: `xviernes_session=${await edge.issuer.sign()}` })).status).toBe(401);
    });

    it('ignores the session cookie if the request has an Authorization header', async () => {
      const cookie = `viernes_session=${await edge.issuer.sign()}`;
      expect((await getProfiles({ cookie, authorization: 'Bearer bad' })).status).toBe(401);
      const token = await edge.issuer.sign();
      edge.user.handlers.revokeSession = () => ({ endedSessionIds: [] });
      // The request lacks the header of a cookie session, because a bearer token needs no CSRF protection.
      const init = { method: 'DELETE', token, headers: { cookie: 'viernes_session=bad' } };
      expect((await edge.fetch('/v1/sessions/current', init)).status).toBe(204);
    });

    it('accepts over TLS only the session cookie that other subdomains cannot set', async () => {
      const secure = await startEdge({ TRUSTED_PROXIES: '127.0.0.1' });
      try {
        secure.user.handlers.listProfiles = () => ({ profiles: [] });
        const token = await secure.issuer.sign();
        const getStatusOf = async (cookie: string, protocol: string): Promise<number> => {
          const headers = { cookie, 'x-forwarded-proto': protocol };
          return (await secure.fetch('/v1/profiles', { token: null, headers })).status;
        };
        expect(await getStatusOf(`__Host-viernes_session=${token}`, 'https')).toBe(200);
        expect(await getStatusOf(`viernes_session=${token}`, 'https')).toBe(401);
        expect(await getStatusOf(`viernes_session=bad; __Host-viernes_session=${token}`, 'https')).toBe(200);
      } finally {
        await secure.stop();
      }
    });

    it.each<[string, Record<string, string>]>([
      ['without the header Viernes-Session', {}],
      ['with another value of the header Viernes-Session', { 'viernes-session': 'true' }],
      ['from another site', { 'viernes-session': 'cookie', 'sec-fetch-site': 'cross-site' }],
      ['from another subdomain', { 'viernes-session': 'cookie', 'sec-fetch-site': 'same-site' }],
      ['from another origin', { 'viernes-session': 'cookie', origin: 'https://evil.test' }],
      ['from an opaque origin', { 'viernes-session': 'cookie', origin: 'null' }],
    ])('rejects a change %s before the service is called', async (_name, headers) => {
      let calls = 0;
      edge.user.handlers.revokeOtherSessions = () => {
        calls += 1;
        return { endedSessionIds: [] };
      };
      const send = async (more: Record<string, string>): Promise<Response> => {
        const cookie = `viernes_session=${await edge.issuer.sign()}`;
        const init = { method: 'DELETE', token: null, headers: { cookie, ...more } };
        return edge.fetch('/v1/account/sessions/others', init);
      };
      const rejected = await send(headers);
      expect(await rejected.json()).toMatchObject({ status: 403, code: 'CSRF_REJECTED' });
      expect(calls).toBe(0);
      const { origin } = new URL(edge.url);
      expect((await send({ 'viernes-session': 'cookie', origin })).status).toBe(204);
    });

    it('a request with a session cookie neither reads nor writes the response cache', async () => {
      const cookie = `viernes_session=${await edge.issuer.sign()}`;
      const path = `/v1/titles?genre=${randomUUID()}`;
      const get = (headers: Record<string, string>) => edge.fetch(path, { token: null, headers });
      for (const expectedAge of [null, null]) {
        const { headers } = await get({ cookie });
        expect([headers.get('age'), headers.get('cache-control')]).toEqual([expectedAge, 'no-store']);
      }
      const first = await get({});
      expect(first.headers.get('vary')).toMatch(/\bCookie\b/);
      expect((await get({})).headers.get('age')).not.toBeNull();
      expect((await get({ cookie })).headers.get('age')).toBeNull();
    });
  });

  it('accepts tokens that are signed with a cached key while the user service is unavailable', async () => {
    expect(await getStatus(await edge.issuer.sign())).toBe(200);
    edge.user.stop();
    const response = await edge.fetch('/v1/titles');
    expect(response.status).toBe(200);
    await edge.user.start();
  });

  it('fetches the signing keys once within the cool-down for unknown key IDs', async () => {
    const unknownIssuer = await TokenIssuer.create();
    const restarted = await startEdge();
    try {
      let fetches = 0;
      restarted.user.handlers = {
        getJwks: () => {
          fetches += 1;
          return { jwksJson: restarted.issuer.jwksJson };
        },
        listProfiles: () => ({ profiles: [] }),
      };
      expect((await restarted.fetch('/v1/profiles')).status).toBe(200);
      for (let count = 0; count < 5; count += 1) {
        expect((await restarted.fetch('/v1/profiles', { token: await unknownIssuer.sign() })).status).toBe(401);
      }
      expect(fetches).toBe(1);
    } finally {
      await restarted.stop();
    }
  });

  it('returns 503 when the signing keys cannot be fetched', async () => {
    const restarted = await startEdge();
    try {
      restarted.user.stop();
      expect((await restarted.fetch('/v1/profiles')).status).toBe(503);
      restarted.catalog.handlers = { listTitles: () => titlePageMessage() };
      expect((await restarted.fetch('/v1/titles', { token: null })).status).toBe(200);
    } finally {
      await restarted.stop();
    }
  });

  it('rejects a revoked session immediately, and no other session', async () => {
    const sessionId = randomUUID();
    const token = await edge.issuer.sign({ sessionId });
    const other = await edge.issuer.sign({ sessionId: randomUUID() });
    const signOut = await edge.fetch('/v1/sessions/current', { method: 'DELETE', token });
    expect(signOut.status).toBe(204);
    expect(signOut.headers.get('set-cookie')).toMatch(/^viernes_refresh=;/);
    const response = await edge.fetch('/v1/profiles', { token });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ code: 'SESSION_ENDED' });
    expect(await getStatus(other)).toBe(200);
    expect(await getStatus(await edge.issuer.sign({ sessionId }))).toBe(401);
  });

  it('rejects a request whose session ends before its body has arrived', async () => {
    const sessionId = randomUUID();
    const token = await edge.issuer.sign({ sessionId, role: 'editor' });
    const revoked = edge.get(RevokedSessions);
    const check = vi.spyOn(revoked, 'has');
    const createTitle = vi.fn();
    edge.catalog.handlers.createTitle = createTitle;
    const body = JSON.stringify({ kind: 'film', name: 'M' });
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': body.length,
    };
    const sent = request(`${edge.url}/v1/titles`, { method: 'POST', headers });
    sent.write(body.slice(0, 1));
    await eventually(() => check.mock.settledResults.some(({ type }) => type === 'fulfilled'));
    await revoked.add(sessionId, 60);
    sent.end(body.slice(1));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(401);
    expect(createTitle).not.toHaveBeenCalled();
    check.mockRestore();
  });

  it('accepts tokens and revokes sessions while Valkey is unavailable', async () => {
    await valkey.close();
    const token = await edge.issuer.sign();
    expect(await getStatus(token)).toBe(200);
    expect((await edge.fetch('/v1/sessions/current', { method: 'DELETE', token })).status).toBe(204);
    await valkey.open();
  });

  it('reconnects to Valkey after it stopped responding', async () => {
    const sessionId = randomUUID();
    const token = await edge.issuer.sign({ sessionId });
    await eventually(async () => {
      await edge.fetch('/v1/sessions/current', { method: 'DELETE', token });
      return (await getStatus(token)) === 401;
    });
    valkey.dropData();
    expect(await getStatus(await edge.issuer.sign())).toBe(200);
    await eventually(async () => (await getStatus(token)) === 401);
  });
});
