import { randomUUID } from 'node:crypto';
import type { Profile, Session } from '../support/api-types.js';
import { bodyOf, expectProblem, get, post, send } from '../support/http.js';
import { patiently } from '../support/patiently.js';
import { unique, uniqueEmail } from '../support/unique.js';
import { Viewer, cookieOf } from '../support/viewer.js';

describe('an account', () => {
  let viewer: Viewer;

  beforeAll(async () => {
    viewer = await Viewer.signUp();
  });

  it('belongs to one person: its email is taken', async () => {
    const body = { email: viewer.email.toUpperCase(), password: Viewer.password, profileName: 'Bea' };
    expectProblem(await patiently(() => post('/v1/accounts', body)), 409, 'EMAIL_TAKEN');
  });

  it('is refused with what to mend, field by field', async () => {
    const body = { email: 'not an address', password: 'short', profileName: 'Bea' };
    const problem = expectProblem(await patiently(() => post('/v1/accounts', body)), 400, 'REQUEST_INVALID');
    expect(problem.errors?.map(({ path }) => path).toSorted()).toEqual(['email', 'password']);
  });

  it('answers a wrong password and an unknown email alike', async () => {
    const password = 'something else entirely';
    const wrong = await patiently(() => post('/v1/sessions', { email: viewer.email, password }));
    const unknown = await patiently(() => post('/v1/sessions', { email: uniqueEmail(), password }));
    expectProblem(wrong, 401, 'CREDENTIALS_WRONG');
    expectProblem(unknown, 401, 'CREDENTIALS_WRONG');
  });

  it('has a profile', async () => {
    const { profiles } = bodyOf(await get<{ profiles: Profile[] }>('/v1/profiles', { token: viewer.token }), 200);
    expect(profiles).toEqual([{ id: expect.any(String), name: 'Ana' }]);
  });

  it('of a viewer may not make titles nor upload', async () => {
    const { token } = viewer;
    expect(viewer.session.account.role).toBe('viewer');
    expectProblem(await post('/v1/titles', { kind: 'film', name: unique('Mine') }, { token }), 403, 'FORBIDDEN');
    const upload = { titleId: randomUUID(), fileName: 'a.mp4', sizeBytes: 10, sha256: '0'.repeat(64) };
    expectProblem(await post('/v1/uploads', upload, { token }), 403, 'FORBIDDEN');
    expectProblem(await get(`/v1/assets/${randomUUID()}`, { token }), 403, 'FORBIDDEN');
  });

  it('is not entered with a forged token', async () => {
    const [header, payload, signature = ''] = viewer.token.split('.');
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const answer = await get('/v1/profiles', { token: forged });
    expectProblem(answer, 401, 'UNAUTHENTICATED');
  });
});

describe('a session', () => {
  it('is renewed by its cookie, again and again', async () => {
    const viewer = await Viewer.signUp();
    const cookies = [viewer.cookie];
    for (let renewal = 0; renewal < 2; renewal += 1) {
      const answer = await send<Session>('POST', '/v1/sessions/refresh', { headers: { cookie: cookies.at(-1) ?? '' } });
      const { account, sessionId, accessToken } = bodyOf(answer, 200);
      expect({ account, sessionId }).toEqual({ account: viewer.session.account, sessionId: viewer.session.sessionId });
      expect(await get('/v1/profiles', { token: accessToken })).toMatchObject({ status: 200 });
      cookies.push(cookieOf(answer));
    }
    expect(new Set(cookies).size).toBe(cookies.length);
  });

  it('is not renewed by an invented cookie, nor by a page of another site', async () => {
    const invented = { cookie: `viernes_refresh=${'A'.repeat(43)}` };
    expectProblem(await send('POST', '/v1/sessions/refresh', { headers: invented }), 401, 'SESSION_ENDED');
    const viewer = await Viewer.signUp();
    const elsewhere = { cookie: viewer.cookie, 'sec-fetch-site': 'cross-site' };
    expectProblem(await send('POST', '/v1/sessions/refresh', { headers: elsewhere }), 403, 'FORBIDDEN');
  });

  it('keeps its cookie from scripts and other sites', async () => {
    const viewer = await Viewer.signUp();
    const { headers } = await patiently(() => post('/v1/sessions', { email: viewer.email, password: Viewer.password }));
    const [cookie] = headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).toMatch(/Path=\/v1\/sessions/i);
  });

  it('ends when its viewer signs out, at once, and no other session with it', async () => {
    const viewer = await Viewer.signUp();
    const elsewhere = await Viewer.signIn(viewer.email);
    bodyOf(await send('DELETE', '/v1/sessions/current', { token: viewer.token }), 204);

    expectProblem(await get('/v1/profiles', { token: viewer.token }), 401, 'SESSION_ENDED');
    const refreshed = await send('POST', '/v1/sessions/refresh', { headers: { cookie: viewer.cookie } });
    expectProblem(refreshed, 401, 'SESSION_ENDED');
    expect(await get('/v1/profiles', { token: elsewhere.token })).toMatchObject({ status: 200 });
  });
});
