import { randomUUID } from 'node:crypto';
import { CodedError, userV1 } from '@viernes/contracts';
import { profileMessage } from '../testing/messages.js';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';
import { CREATED_CREDENTIAL_EXAMPLE, SIGN_IN_CREDENTIAL_EXAMPLE } from './passkey.schema.js';

const at = '2026-06-05T20:15:00.000Z';
/** Fields that browsers send and the API ignores. */
const FURTHER = { rawId: 'AQID', type: 'public-key', clientExtensionResults: { credProps: { rk: true } } };

describe('passkeys at the edge', () => {
  const message: userV1.Passkey = { id: randomUUID(), name: 'Laptop', createdAt: at, isBackedUp: true };
  let edge: TestEdge;

  beforeAll(async () => {
    edge = await startEdge({ ...TRUST_FORWARDED_FOR, RATE_LIMIT_SIGN_IN_PER_IP_PER_MINUTE: '6' });
  });
  afterAll(() => edge.stop());

  const headers = fromRandomAddress();
  const post = (path: string, json?: unknown, token?: null): Promise<Response> =>
    edge.fetch(path, {
      method: 'POST',
      headers,
      ...(json !== undefined && { json }),
      ...(token === null && { token }),
    });

  it('returns the options of a registration in JSON and XML', async () => {
    const options = {
      challenge: 'AQID',
      rp: { id: 'localhost', name: 'Viernes' },
      user: { id: 'AQID', name: 'ada@example.com', displayName: 'ada@example.com' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      timeout: 300_000,
      excludeCredentials: [{ id: 'AQID', type: 'public-key', transports: ['internal'] }],
      authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
      attestation: 'none',
    };
    edge.user.handlers.startPasskeyRegistration = ({ password }) => {
      if (password !== 'correct') throw new CodedError('PASSWORD_WRONG');
      return { optionsJson: JSON.stringify({ ...options, extensions: { credProps: true } }) };
    };
    const path = '/v1/account/passkey-challenges';
    const response = await post(path, { password: 'correct' });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual(options);
    const wrong = await post(path, { password: 'wrong' });
    expect(await wrong.json()).toMatchObject({ status: 403, code: 'PASSWORD_WRONG' });
    const json = { password: 'correct' };
    const xml = await edge.fetch(path, { method: 'POST', json, headers: { ...headers, accept: 'application/xml' } });
    expect(await xml.text()).toContain(
      '<pubKeyCredParams><i><type>public-key</type><alg>-7</alg></i></pubKeyCredParams>',
    );
  });

  it('adds a passkey with the credential of a browser, and ignores its further fields', async () => {
    let received: unknown;
    edge.user.handlers.finishPasskeyRegistration = (request) => {
      received = { ...request, credentialJson: JSON.parse(request.credentialJson) as unknown };
      return { passkey: message };
    };
    const response = await post('/v1/account/passkeys', {
      name: 'Laptop',
      credential: { ...CREATED_CREDENTIAL_EXAMPLE, ...FURTHER },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ ...message, lastUsedAt: null });
    expect(received).toEqual({ name: 'Laptop', credentialJson: CREATED_CREDENTIAL_EXAMPLE });
  });

  it('lists, renames and removes passkeys', async () => {
    edge.user.handlers.listPasskeys = () => ({ passkeys: [{ ...message, lastUsedAt: at }] });
    edge.user.handlers.renamePasskey = ({ passkeyId, name }) => ({ passkey: { ...message, id: passkeyId, name } });
    edge.user.handlers.removePasskey = ({ passkeyId }) => {
      if (passkeyId !== message.id) throw new CodedError('PASSKEY_NOT_FOUND');
      return {};
    };
    const list = await edge.fetch('/v1/account/passkeys');
    expect(await list.json()).toEqual({ passkeys: [{ ...message, lastUsedAt: at }] });
    const path = `/v1/account/passkeys/${message.id}`;
    const headers = { 'content-type': 'application/merge-patch+json' };
    const renamed = await edge.fetch(path, { method: 'PATCH', headers, body: JSON.stringify({ name: 'Phone' }) });
    expect(await renamed.json()).toMatchObject({ id: message.id, name: 'Phone' });
    expect((await edge.fetch(path, { method: 'DELETE' })).status).toBe(204);
    const other = await edge.fetch(`/v1/account/passkeys/${randomUUID()}`, { method: 'DELETE' });
    expect(other.status).toBe(404);
  });

  it('returns the refresh token of a sign-in only as a cookie, and limits sign-ins per IP address', async () => {
    const session: userV1.Session = {
      id: randomUUID(),
      account: { id: randomUUID(), email: 'ada@viernes.test', role: 1, createdAt: at, language: 'en', plan: 'account' },
      profiles: [profileMessage()],
      accessToken: 'access',
      accessExpiresAt: at,
      refreshToken: 'refresh-2',
      refreshExpiresAt: at,
    };
    const options = { challenge: 'AQID', rpId: 'localhost', timeout: 300_000, userVerification: 'required' };
    edge.user.handlers.startPasskeySignIn = () => ({ optionsJson: JSON.stringify(options) });
    edge.user.handlers.finishPasskeySignIn = ({ credentialJson }) => {
      if (credentialJson !== JSON.stringify(SIGN_IN_CREDENTIAL_EXAMPLE)) throw new CodedError('PASSKEY_REJECTED');
      return { session };
    };
    const challenge = await post('/v1/sessions/passkey-challenges', undefined, null);
    expect([challenge.status, await challenge.json()]).toEqual([201, options]);
    const credential = { ...SIGN_IN_CREDENTIAL_EXAMPLE, ...FURTHER };
    const response = await post('/v1/sessions/passkey', { credential }, null);
    expect(response.status).toBe(201);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ sessionId: session.id, accessToken: 'access' });
    expect(text).not.toContain('refresh-2');
    expect(response.headers.get('set-cookie')).toContain('viernes_refresh=refresh-2; Path=/v1/sessions;');

    const unknown = { credential: { ...credential, id: 'AAAA' } };
    const rejected = await post('/v1/sessions/passkey', unknown, null);
    expect(await rejected.json()).toMatchObject({ status: 403, code: 'PASSKEY_REJECTED' });
    expect(rejected.headers.get('set-cookie')).toBeNull();
    let limited = rejected;
    while (limited.status === 403) limited = await post('/v1/sessions/passkey', unknown, null);
    expect(await limited.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED' });
    expect((await post('/v1/sessions/passkey-challenges', undefined, null)).status).toBe(429);
  });
});
