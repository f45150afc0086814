import { randomUUID } from 'node:crypto';
import { CodedError, userV1 } from '@viernes/contracts';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { profileMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const at = '2026-06-05T20:15:00.000Z';
const RESPONSE = { state: 'state', code: 'code', iss: 'https://id.example' };

describe('sign-in providers at the edge', () => {
  const message: userV1.Identity = { id: randomUUID(), providerName: 'Example', email: '', createdAt: at };
  const session: userV1.Session = {
    id: randomUUID(),
    account: { id: randomUUID(), email: 'ada@viernes.test', role: 1, createdAt: at, language: 'en', plan: 'account' },
    profiles: [profileMessage()],
    accessToken: 'access',
    accessExpiresAt: at,
    refreshToken: 'refresh-2',
    refreshExpiresAt: at,
  };
  const url = 'https://id.example/authorize?state=state';
  let edge: TestEdge;
  let received: unknown[];

  beforeAll(async () => {
    edge = await startEdge({ ...TRUST_FORWARDED_FOR, RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: '6' });
    edge.user.handlers.startProviderSignIn = ({ providerId }) => {
      if (providerId !== 'example') throw new CodedError('SIGN_IN_PROVIDER_NOT_FOUND');
      return { url, browserSecret: 'secret-1' };
    };
    edge.user.handlers.finishProviderSignIn = (request) => {
      received.push(request);
      if (request.response?.code !== 'code') throw new CodedError('IDENTITY_REJECTED');
      return { session };
    };
  });
  afterAll(() => edge?.stop());
  beforeEach(() => {
    received = [];
  });

  const post = (path: string, json: unknown, headers: Record<string, string> = {}, token?: null): Promise<Response> =>
    edge.fetch(path, {
      method: 'POST',
      json,
      headers: { ...fromRandomAddress(), ...headers },
      ...(token === null && { token }),
    });
  const start = (headers?: Record<string, string>, providerId = 'example') =>
    post('/v1/sessions/provider-authorizations', { providerId }, headers, null);
  const finish = (json: unknown = RESPONSE, headers: Record<string, string> = { cookie: 'viernes_sign_in=secret-1' }) =>
    post('/v1/sessions/provider', json, headers, null);

  it('lists the sign-in providers', async () => {
    edge.user.handlers.listSignInProviders = () => ({ providers: [{ id: 'example', name: 'Example' }] });
    const response = await edge.fetch('/v1/sign-in-providers', { token: null });
    expect(await response.json()).toEqual({ providers: [{ id: 'example', name: 'Example' }] });
  });

  it('returns the URL of the provider, and the secret of the browser only as a cookie', async () => {
    const response = await start();
    expect([response.status, await response.text()]).toEqual([201, JSON.stringify({ url })]);
    expect(response.headers.get('set-cookie')).toBe(
      'viernes_sign_in=secret-1; Max-Age=600; Path=/v1; HttpOnly; SameSite=Strict',
    );
    const secure = await start({ 'x-forwarded-proto': 'https' });
    expect(secure.headers.get('set-cookie')).toContain('; Secure');
    expect(await (await start({}, 'unknown')).json()).toMatchObject({
      status: 404,
      code: 'SIGN_IN_PROVIDER_NOT_FOUND',
    });
  });

  it('signs in with the secret of the cookie, and removes the cookie', async () => {
    const response = await finish(RESPONSE, { cookie: 'viernes_sign_in=secret-1', 'accept-language': 'es' });
    expect(response.status).toBe(201);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ sessionId: session.id, accessToken: 'access' });
    expect(text).not.toContain('refresh-2');
    const cookies = response.headers.getSetCookie();
    expect(cookies).toContainEqual(expect.stringMatching(/^viernes_sign_in=; .*Expires=Thu, 01 Jan 1970/));
    expect(cookies).toContainEqual(expect.stringMatching(/^viernes_refresh=refresh-2; Path=\/v1\/sessions;/));
    const { iss, ...parameters } = RESPONSE;
    const expected = { ...parameters, issuer: iss, browserSecret: 'secret-1' };
    expect(received).toEqual([{ response: expected, language: 'es' }]);
  });

  it('returns the access token as a cookie if the page requests one', async () => {
    const response = await finish(RESPONSE, { cookie: 'viernes_sign_in=secret-1', 'viernes-session': 'cookie' });
    expect(await response.text()).not.toContain('accessToken');
    expect(response.headers.getSetCookie()).toContainEqual(expect.stringMatching(/^viernes_session=access; /));
  });

  it('rejects a provider response without the cookie, and one from a page of another site (login CSRF)', async () => {
    expect(await (await finish(RESPONSE, {})).json()).toMatchObject({ status: 403, code: 'IDENTITY_REJECTED' });
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    for (const response of [
      await finish(RESPONSE, { cookie: 'viernes_sign_in=secret-1', ...crossSite }),
      await start(crossSite),
    ])
      expect(await response.json()).toMatchObject({ status: 403, code: 'CSRF_REJECTED' });
    expect(received).toEqual([]);
  });

  it('limits sign-ins with a provider per IP address', async () => {
    const headers = { ...fromRandomAddress(), cookie: 'viernes_sign_in=secret-1' };
    let response = await finish({ ...RESPONSE, code: 'wrong' }, headers);
    expect(await response.json()).toMatchObject({ status: 403, code: 'IDENTITY_REJECTED' });
    while (response.status === 403) response = await finish({ ...RESPONSE, code: 'wrong' }, headers);
    expect(response.status).toBe(429);
    expect((await start(headers)).status).toBe(429);
  });

  it('links, lists and removes identities', async () => {
    edge.user.handlers.startIdentityLink = ({ password }) => {
      if (password !== 'correct') throw new CodedError('PASSWORD_WRONG');
      return { url, browserSecret: 'secret-2' };
    };
    edge.user.handlers.finishIdentityLink = ({ response }) => {
      received.push(response?.browserSecret);
      return { identity: message };
    };
    edge.user.handlers.listIdentities = () => ({ identities: [{ ...message, lastUsedAt: at }], hasPassword: false });
    edge.user.handlers.removeIdentity = ({ identityId }) => {
      if (identityId !== message.id) throw new CodedError('IDENTITY_NOT_FOUND');
      return {};
    };
    const authorize = (password: string) =>
      post('/v1/account/identity-authorizations', { providerId: 'example', password });
    expect(await (await authorize('wrong')).json()).toMatchObject({ status: 403, code: 'PASSWORD_WRONG' });
    expect((await authorize('correct')).headers.get('set-cookie')).toContain('viernes_sign_in=secret-2');
    const added = await post('/v1/account/identities', RESPONSE, { cookie: 'viernes_sign_in=secret-2' });
    const identity = { ...message, email: null, lastUsedAt: null };
    expect([added.status, await added.json(), received]).toEqual([201, identity, ['secret-2']]);
    const list = await edge.fetch('/v1/account/identities');
    expect(await list.json()).toEqual({ identities: [{ ...identity, lastUsedAt: at }], hasPassword: false });
    const remove = (id: string) => edge.fetch(`/v1/account/identities/${id}`, { method: 'DELETE' });
    expect((await remove(message.id)).status).toBe(204);
    expect((await remove(randomUUID())).status).toBe(404);
  });
});
