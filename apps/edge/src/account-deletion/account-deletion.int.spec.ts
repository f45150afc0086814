import { randomUUID } from 'node:crypto';
import { CodedError } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

const PASSWORD = 'correct horse battery';

describe('POST /v1/account/deletion', () => {
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge();
    edge.user.handlers.listProfiles = () => ({ profiles: [] });
  });
  afterAll(() => edge.stop());

  const remove = (token: string, password = PASSWORD) =>
    edge.fetch('/v1/account/deletion', { method: 'POST', token, json: { password } });

  it('rejects the access tokens of all sessions immediately, and removes the refresh cookie', async () => {
    const [sessionId, otherId] = [randomUUID(), randomUUID()];
    edge.user.handlers.deleteAccount = ({ password }) => {
      if (password !== PASSWORD) throw new CodedError('PASSWORD_WRONG');
      return { endedSessionIds: [sessionId, otherId] };
    };
    const [token, other] = await Promise.all([
      edge.issuer.sign({ sessionId }),
      edge.issuer.sign({ sessionId: otherId }),
    ]);
    expect((await remove(token, 'not the password')).status).toBe(403);
    const response = await remove(token);
    expect(response.status).toBe(202);
    expect(response.headers.get('set-cookie')).toMatch(/^viernes_refresh=; .*Expires=Thu, 01 Jan 1970/);
    for (const each of [token, other]) expect((await edge.fetch('/v1/profiles', { token: each })).status).toBe(401);
  });

  it('returns the code of a rejected deletion', async () => {
    const token = await edge.issuer.sign();
    edge.user.handlers.deleteAccount = () => {
      throw new CodedError('LAST_ADMIN');
    };
    const response = await remove(token);
    expect([response.status, await response.json()]).toEqual([409, expect.objectContaining({ code: 'LAST_ADMIN' })]);
  });
});
