import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { backing, eventually, TcpProxy } from '@viernes/testing';
import { SignJWT, UnsecuredJWT } from 'jose';
import { startEdge, type TestEdge } from './testing/start-edge.js';
import { TokenIssuer } from './testing/token-issuer.js';

describe('who is asking', () => {
  let edge: TestEdge;
  let valkey: TcpProxy;

  beforeAll(async () => {
    const { hostname, port } = new URL(backing().valkeyUrl);
    valkey = await TcpProxy.reserve(hostname, Number(port));
    await valkey.open();
    edge = await startEdge({ VALKEY_URL: `redis://127.0.0.1:${valkey.port}/1` });
    edge.user.handlers.listProfiles = () => ({ profiles: [] });
    edge.user.handlers.revokeSession = () => ({});
    edge.catalog.handlers = { listTitles: () => ({ titles: [], nextCursor: '' }) };
  });
  afterAll(async () => {
    await edge.stop();
    await valkey.close();
  });

  const statusOf = async (token: string | null): Promise<number> =>
    (await edge.fetch('/v1/profiles', { token })).status;

  it('passes the caller on to the services, through a body as well', async () => {
    const accountId = randomUUID();
    const sessionId = randomUUID();
    const seen: string[] = [];
    edge.catalog.handlers.createTitle = (_request, { metadata }) => {
      for (const key of ['account-id', 'session-id', 'role']) seen.push(String(metadata.get(`viernes-${key}`)[0]));
      throw new CodedError('TITLE_EXISTS');
    };
    const token = await edge.issuer.sign({ accountId, sessionId, role: 'editor' });
    const answer = await edge.fetch('/v1/titles', { method: 'POST', token, json: { kind: 'film', name: 'M' } });
    expect(answer.status).toBe(409);
    expect(seen).toEqual([accountId, sessionId, 'editor']);
  });

  it('takes good tokens and refuses all others', async () => {
    const { issuer } = edge;
    expect(await statusOf(await issuer.sign())).toBe(200);
    expect(await statusOf(null)).toBe(401);
    expect(await statusOf('no.such.token')).toBe(401);
    expect(await statusOf(await issuer.sign({ lifeSeconds: -60 }))).toBe(401);
    expect(await statusOf(await issuer.sign({ issuer: 'somebody' }))).toBe(401);
    expect(await statusOf(await issuer.sign({ audience: 'viernes-video' }))).toBe(401);
    const [header, , signature] = (await issuer.sign()).split('.');
    const [, payload] = (await issuer.sign({ role: 'editor' })).split('.');
    expect(await statusOf(`${header}.${payload}.${signature}`)).toBe(401);
  });

  it('refuses other algorithms, "none" and the public key as a secret among them', async () => {
    const claims = { sub: randomUUID(), sid: randomUUID(), role: 'editor', iss: 'viernes', aud: 'viernes-edge' };
    const none = new UnsecuredJWT(claims).setIssuedAt().setExpirationTime('5m').encode();
    const hmac = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: edge.issuer.keyId })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(Buffer.from(edge.issuer.jwksJson));
    expect(await statusOf(none)).toBe(401);
    expect(await statusOf(hmac)).toBe(401);
  });

  it('refuses a bad token where none is needed', async () => {
    expect((await edge.fetch('/v1/titles', { token: null })).status).toBe(200);
    expect((await edge.fetch('/v1/titles', { token: 'bad' })).status).toBe(401);
    expect((await edge.fetch('/v1/titles', { token: null, headers: { authorization: 'Basic eDp5' } })).status).toBe(
      401,
    );
  });

  it('keeps working while user is away', async () => {
    expect(await statusOf(await edge.issuer.sign())).toBe(200);
    edge.user.stop();
    const answer = await edge.fetch('/v1/titles');
    expect(answer.status).toBe(200);
    await edge.user.start();
  });

  it('fetches the keys again for an unknown one, once for many within the cool-down', async () => {
    const other = await TokenIssuer.create();
    const fresh = await startEdge();
    try {
      let fetches = 0;
      fresh.user.handlers = {
        getJwks: () => {
          fetches += 1;
          return { jwksJson: fresh.issuer.jwksJson };
        },
        listProfiles: () => ({ profiles: [] }),
      };
      expect((await fresh.fetch('/v1/profiles')).status).toBe(200);
      for (let count = 0; count < 5; count += 1) {
        expect((await fresh.fetch('/v1/profiles', { token: await other.sign() })).status).toBe(401);
      }
      expect(fetches).toBe(1);
    } finally {
      await fresh.stop();
    }
  });

  it('cannot tell without a key, and says so', async () => {
    const fresh = await startEdge();
    try {
      fresh.user.stop();
      expect((await fresh.fetch('/v1/profiles')).status).toBe(503);
      fresh.catalog.handlers = { listTitles: () => ({ titles: [], nextCursor: '' }) };
      expect((await fresh.fetch('/v1/titles', { token: null })).status).toBe(200);
    } finally {
      await fresh.stop();
    }
  });

  it('denies an ended session at once, and only that one', async () => {
    const sessionId = randomUUID();
    const token = await edge.issuer.sign({ sessionId });
    const other = await edge.issuer.sign({ sessionId: randomUUID() });
    const ended = await edge.fetch('/v1/sessions/current', { method: 'DELETE', token });
    expect(ended.status).toBe(204);
    expect(ended.headers.get('set-cookie')).toMatch(/^viernes_refresh=;/);
    const answer = await edge.fetch('/v1/profiles', { token });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'SESSION_ENDED' });
    expect(await statusOf(other)).toBe(200);
    expect(await statusOf(await edge.issuer.sign({ sessionId }))).toBe(401);
  });

  it('lets callers in while Valkey is away, and ends sessions all the same', async () => {
    await valkey.close();
    const token = await edge.issuer.sign();
    expect(await statusOf(token)).toBe(200);
    expect((await edge.fetch('/v1/sessions/current', { method: 'DELETE', token })).status).toBe(204);
    await valkey.open();
  });

  it('finds Valkey again that vanished without a word', async () => {
    const sessionId = randomUUID();
    const token = await edge.issuer.sign({ sessionId });
    await eventually(async () => {
      await edge.fetch('/v1/sessions/current', { method: 'DELETE', token });
      return (await statusOf(token)) === 401;
    });
    valkey.swallow();
    expect(await statusOf(await edge.issuer.sign())).toBe(200);
    await eventually(async () => (await statusOf(token)) === 401);
  });
});
