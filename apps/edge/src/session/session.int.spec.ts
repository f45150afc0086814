import { randomUUID } from 'node:crypto';
import { CodedError, userV1 } from '@viernes/contracts';
import { profileMessage } from '../testing/messages.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('/v1/sessions', () => {
  const session: userV1.Session = {
    id: randomUUID(),
    account: {
      id: randomUUID(),
      email: 'ada@viernes.test',
      role: userV1.Role.ROLE_EDITOR,
      createdAt: new Date().toISOString(),
      language: 'en',
      plan: 'account',
    },
    profiles: [profileMessage()],
    accessToken: 'access',
    accessExpiresAt: new Date(Date.now() + 600_000).toISOString(),
    refreshToken: 'refresh-2',
    refreshExpiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  };
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge({ TRUSTED_PROXIES: '127.0.0.1' });
    edge.user.handlers.createSession = () => ({ session });
    edge.user.handlers.refreshSession = ({ refreshToken }) => {
      if (refreshToken !== 'refresh-1') throw new CodedError('SESSION_ENDED');
      return { session };
    };
  });
  afterAll(() => edge.stop());

  const signIn = (headers: Record<string, string> = {}): Promise<Response> => {
    const json = { email: `${randomUUID()}@viernes.test`, password: 'secret' };
    return edge.fetch('/v1/sessions', { method: 'POST', token: null, headers, json });
  };
  const refresh = (headers: Record<string, string>): Promise<Response> =>
    edge.fetch('/v1/sessions/refresh', { method: 'POST', token: null, headers });

  it('returns the session, and its refresh token only as a cookie', async () => {
    const response = await signIn();
    expect(response.status).toBe(201);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      sessionId: session.id,
      account: { role: 'editor' },
      accessToken: 'access',
    });
    expect(text).not.toContain('refresh-2');
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(
      /^viernes_refresh=refresh-2; Path=\/v1\/sessions; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
  });

  it('sets the attribute Secure for requests over TLS', async () => {
    const response = await signIn({ 'x-forwarded-proto': 'https' });
    expect(response.headers.get('set-cookie')).toContain('; Secure');
  });

  it('refreshes a session for pages of the same origin and for clients without an origin, and rejects pages of other origins', async () => {
    const cookie = 'viernes_refresh=refresh-1';
    const { origin } = new URL(edge.url);
    const sameOrigin: Record<string, string>[] = [
      { cookie },
      { cookie, 'sec-fetch-site': 'same-origin' },
      { cookie, origin },
    ];
    for (const headers of sameOrigin) {
      const response = await refresh(headers);
      expect(response.status).toBe(200);
      expect(response.headers.get('set-cookie')).toContain('viernes_refresh=refresh-2');
    }
    const crossOrigin: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'http://evil.test' },
    ];
    for (const headers of crossOrigin) {
      const response = await refresh({ cookie, ...headers });
      expect(await response.json()).toMatchObject({ status: 403, code: 'CSRF_REJECTED' });
    }
  });

  describe('with the access token in a cookie', () => {
    const COOKIE_SESSION = { 'viernes-session': 'cookie' };
    const getCookies = (response: Response): readonly string[] => response.headers.getSetCookie();
    const expectHidden = async (response: Response, name = 'viernes_session'): Promise<void> => {
      expect(await response.text()).not.toMatch(/accessToken|"access"/);
      expect(getCookies(response)).toContainEqual(
        expect.stringMatching(
          new RegExp(`^${name}=access; Path=/; Expires=[^;]+; HttpOnly;( Secure;)? SameSite=Strict$`),
        ),
      );
    };

    it('creates a session whose tokens scripts cannot read', async () => {
      const response = await signIn(COOKIE_SESSION);
      expect(getCookies(response)).toContainEqual(expect.stringMatching(/^viernes_refresh=cookie\.refresh-2;/));
      await expectHidden(response);
    });

    it('uses, for requests over TLS, a cookie name that other subdomains cannot set', async () => {
      const response = await signIn({ ...COOKIE_SESSION, 'x-forwarded-proto': 'https' });
      expect(getCookies(response).join()).toContain('Secure');
      await expectHidden(response, '__Host-viernes_session');
    });

    it('sets no cookie for a page of another origin', async () => {
      const response = await signIn({ ...COOKIE_SESSION, 'sec-fetch-site': 'same-site' });
      expect(getCookies(response)).toEqual([]);
      expect(await response.json()).toMatchObject({ status: 403, code: 'CSRF_REJECTED' });
    });

    it('refreshes the access token in the cookie, and never returns one that a script could read', async () => {
      const cookie = 'viernes_refresh=cookie.refresh-1';
      await expectHidden(await refresh({ cookie, ...COOKIE_SESSION }));
      expect(await (await refresh({ cookie })).json()).toMatchObject({ status: 403, code: 'CSRF_REJECTED' });
    });

    it('moves the access token of a session from the body to a cookie', async () => {
      await expectHidden(await refresh({ cookie: 'viernes_refresh=refresh-1', ...COOKIE_SESSION }));
    });

    it('keeps the access token of a selected profile in the cookie', async () => {
      edge.user.handlers.selectProfile = () => ({
        profile: profileMessage(),
        accessToken: 'access',
        accessExpiresAt: session.accessExpiresAt,
      });
      const path = `/v1/profiles/${randomUUID()}/selection`;
      const cookie = `viernes_session=${await edge.issuer.sign()}`;
      const headers = { cookie, ...COOKIE_SESSION };
      await expectHidden(await edge.fetch(path, { method: 'POST', token: null, headers, json: {} }));
      const other = await edge.fetch(path, { method: 'POST', json: {} });
      expect(await other.json()).toMatchObject({ accessToken: 'access' });
    });

    it('deletes both cookies when the session ends, or has already ended', async () => {
      edge.user.handlers.revokeSession = () => ({ endedSessionIds: [] });
      const headers = { cookie: `viernes_session=${await edge.issuer.sign()}`, ...COOKIE_SESSION };
      const ended = await edge.fetch('/v1/sessions/current', { method: 'DELETE', token: null, headers });
      const refreshed = await refresh({ cookie: 'viernes_refresh=cookie.refresh-0', ...COOKIE_SESSION });
      expect([ended.status, refreshed.status]).toEqual([204, 401]);
      for (const response of [ended, refreshed])
        expect(getCookies(response)).toEqual([
          expect.stringMatching(/^viernes_refresh=; .*Expires=Thu, 01 Jan 1970/),
          expect.stringMatching(/^viernes_session=; .*Expires=Thu, 01 Jan 1970/),
        ]);
    });
  });

  it('forwards the IP address and the user agent of sign-ins, in printable ASCII', async () => {
    let client: unknown[] = [];
    edge.user.handlers.createSession = (_, { metadata }) => {
      client = [metadata.get('viernes-client-address'), metadata.get('viernes-user-agent')];
      return { session };
    };
    await signIn({ 'user-agent': 'Caf\u00e9/1.0 '.repeat(40), 'x-forwarded-for': '2001:db8::7' });
    expect(client).toEqual([['2001:db8::7'], ['Caf?/1.0 '.repeat(40).slice(0, 300).trim()]]);
  });

  it('lists the devices of the caller', async () => {
    const at = new Date().toISOString();
    const userAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    edge.user.handlers.listSessions = () => ({
      sessions: [{ id: session.id, isCurrent: true, createdAt: at, lastUsedAt: at, address: '', userAgent }],
    });
    const device = { browser: 'Firefox', system: 'Linux', type: 'desktop' };
    expect(await (await edge.fetch('/v1/account/sessions')).json()).toEqual({
      sessions: [{ id: session.id, isCurrent: true, createdAt: at, lastUsedAt: at, address: null, device }],
    });
  });

  it('rejects immediately the access tokens of the sessions that the user service has ended, and of no others', async () => {
    const own = randomUUID();
    const foreign = randomUUID();
    const tokens = await Promise.all([own, foreign].map((sessionId) => edge.issuer.sign({ sessionId })));
    edge.user.handlers.listSessions = () => ({ sessions: [] });
    edge.user.handlers.revokeSession = ({ sessionId }) => ({ endedSessionIds: sessionId === own ? [own] : [] });
    for (const id of [own, foreign]) {
      expect((await edge.fetch(`/v1/account/sessions/${id}`, { method: 'DELETE' })).status).toBe(204);
    }
    const statuses = await Promise.all(
      tokens.map(async (token) => (await edge.fetch('/v1/account/sessions', { token })).status),
    );
    expect(statuses).toEqual([401, 200]);

    edge.user.handlers.revokeOtherSessions = () => ({ endedSessionIds: [foreign] });
    expect((await edge.fetch('/v1/account/sessions/others', { method: 'DELETE' })).status).toBe(204);
    expect((await edge.fetch('/v1/account/sessions', { token: tokens[1] ?? '' })).status).toBe(401);
  });

  it('returns 401 without a refresh cookie and for a used one', async () => {
    expect((await refresh({})).status).toBe(401);
    const used = await refresh({ cookie: 'viernes_refresh=refresh-0' });
    expect(await used.json()).toMatchObject({ code: 'SESSION_ENDED' });
  });
});
