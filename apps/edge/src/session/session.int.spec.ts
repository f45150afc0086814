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

  it('sets the attribute Secure behind TLS', async () => {
    const response = await signIn({ 'x-forwarded-proto': 'https' });
    expect(response.headers.get('set-cookie')).toContain('; Secure');
  });

  it('refreshes with the cookie for requests of the same origin or without a browser', async () => {
    const cookie = 'viernes_refresh=refresh-1';
    const { host, origin } = new URL(edge.url);
    expect(host).not.toBe('');
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
      expect((await refresh({ cookie, ...headers })).status).toBe(403);
    }
  });

  it('returns 401 without a cookie and with a used one', async () => {
    expect((await refresh({})).status).toBe(401);
    const used = await refresh({ cookie: 'viernes_refresh=refresh-0' });
    expect(await used.json()).toMatchObject({ code: 'SESSION_ENDED' });
  });
});
