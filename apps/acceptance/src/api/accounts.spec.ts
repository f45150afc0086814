import { randomUUID } from 'node:crypto';
import type { Schema } from '@viernes/api-client';
import { requireBody, expectProblem, get, post, retryWhenRateLimited, send } from '../support/http.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { Viewer, refreshCookieIn } from '../support/viewer.js';

describe('accounts', () => {
  let viewer: Viewer;

  beforeAll(async () => {
    viewer = await Viewer.signUp();
  });

  it('returns 409 EMAIL_TAKEN when the email belongs to an account, in any case', async () => {
    const body = { email: viewer.email.toUpperCase(), password: Viewer.password, profileName: 'Bea' };
    expectProblem(await retryWhenRateLimited(() => post('/v1/accounts', body)), 409, 'EMAIL_TAKEN');
  });

  it('returns 400 with one error per invalid field of a new account', async () => {
    const body = { email: 'not an email', password: 'short', profileName: 'Bea' };
    const problem = expectProblem(await retryWhenRateLimited(() => post('/v1/accounts', body)), 400, 'REQUEST_INVALID');
    expect(problem.errors?.map(({ path }) => path).toSorted()).toEqual(['email', 'password']);
  });

  it('returns the same problem for a wrong password, an unknown email, and a locked account', async () => {
    const password = 'something else entirely';
    const locked = await Viewer.signUp();
    const signIn = async (email: string, guess: string) => {
      const response = await retryWhenRateLimited(() => post('/v1/sessions', { email, password: guess }));
      return { ...expectProblem(response, 401, 'CREDENTIALS_WRONG'), traceId: '' };
    };
    for (let failures = 0; failures < 10; failures += 1) await signIn(locked.email, password);
    const problems = [
      await signIn(viewer.email, password),
      await signIn(uniqueEmail(), password),
      await signIn(locked.email, password),
      await signIn(locked.email, Viewer.password),
    ];
    for (const problem of problems) expect(problem).toEqual(problems[0]);
  });

  it('creates the first profile together with the account', async () => {
    const { profiles } = requireBody(await get<Schema<'ProfileList'>>('/v1/profiles', { token: viewer.token }), 200);
    const unrestricted = { isKids: false, maximumAge: null, hasPin: false };
    expect(profiles).toEqual([
      { id: expect.any(String), name: 'Ana', avatar: 'star', language: 'en', ...unrestricted },
    ]);
  });

  it('returns 403 when a viewer creates a title, uploads or reads an asset', async () => {
    const { token } = viewer;
    expect(viewer.session.account.role).toBe('viewer');
    expectProblem(await post('/v1/titles', { kind: 'film', name: unique('Mine') }, { token }), 403, 'FORBIDDEN');
    const upload = { titleId: randomUUID(), fileName: 'a.mp4', sizeBytes: 10, sha256: '0'.repeat(64) };
    expectProblem(await post('/v1/uploads', upload, { token }), 403, 'FORBIDDEN');
    expectProblem(await get(`/v1/assets/${randomUUID()}`, { token }), 403, 'FORBIDDEN');
  });

  it('returns 401 for an access token with a forged signature', async () => {
    const [header, payload, signature = ''] = viewer.token.split('.');
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    expectProblem(await get('/v1/profiles', { token: forged }), 401, 'UNAUTHENTICATED');
  });
});

describe('sessions', () => {
  it('renews a session by its cookie and rotates the cookie each time', async () => {
    const viewer = await Viewer.signUp();
    const cookies = [viewer.cookie];
    for (let renewal = 0; renewal < 2; renewal += 1) {
      const response = await send<Schema<'Session'>>('POST', '/v1/sessions/refresh', {
        headers: { cookie: cookies.at(-1) ?? '' },
      });
      const { account, sessionId, accessToken } = requireBody(response, 200);
      expect({ account, sessionId }).toEqual({ account: viewer.session.account, sessionId: viewer.session.sessionId });
      expect(await get('/v1/profiles', { token: accessToken })).toMatchObject({ status: 200 });
      cookies.push(refreshCookieIn(response));
    }
    expect(new Set(cookies).size).toBe(cookies.length);
  });

  it('does not renew a session for an invented cookie or a cross-site request', async () => {
    const invented = { cookie: `viernes_refresh=${'A'.repeat(43)}` };
    expectProblem(await send('POST', '/v1/sessions/refresh', { headers: invented }), 401, 'SESSION_ENDED');
    const viewer = await Viewer.signUp();
    const crossSite = { cookie: viewer.cookie, 'sec-fetch-site': 'cross-site' };
    expectProblem(await send('POST', '/v1/sessions/refresh', { headers: crossSite }), 403, 'CSRF_REJECTED');
  });

  it('sets the refresh cookie so that scripts and other sites cannot use it', async () => {
    const viewer = await Viewer.signUp();
    const { headers } = await retryWhenRateLimited(() =>
      post('/v1/sessions', { email: viewer.email, password: Viewer.password }),
    );
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).toMatch(/Path=\/v1\/sessions/i);
  });

  it('ends only the current session immediately when the viewer signs out', async () => {
    const viewer = await Viewer.signUp();
    const otherSession = await Viewer.signIn(viewer.email);
    requireBody(await send('DELETE', '/v1/sessions/current', { token: viewer.token }), 204);

    expectProblem(await get('/v1/profiles', { token: viewer.token }), 401, 'SESSION_ENDED');
    const refreshed = await send('POST', '/v1/sessions/refresh', { headers: { cookie: viewer.cookie } });
    expectProblem(refreshed, 401, 'SESSION_ENDED');
    expect(await get('/v1/profiles', { token: otherSession.token })).toMatchObject({ status: 200 });
  });
});
