import { randomUUID } from 'node:crypto';
import { CodedError, userV1 } from '@viernes/contracts';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('/v1/accounts for admins', () => {
  const account: userV1.Account = {
    id: randomUUID(),
    email: 'ada@viernes.test',
    role: userV1.Role.ROLE_EDITOR,
    createdAt: new Date().toISOString(),
    language: 'en',
    plan: 'account',
  };
  let edge: TestEdge;
  let admin: string;

  beforeAll(async () => {
    edge = await startEdge();
    admin = await edge.issuer.sign({ role: 'admin' });
  });
  afterAll(() => edge.stop());

  it('lists the accounts whose email has the requested prefix', async () => {
    edge.user.handlers.listAccounts = ({ emailPrefix, cursor }) => ({
      accounts: emailPrefix === 'ada' && cursor === 'next' ? [account] : [],
      nextCursor: '',
    });
    const response = await edge.fetch('/v1/accounts?email=ada&cursor=next', { token: admin });
    expect(await response.json()).toMatchObject({ accounts: [{ id: account.id, role: 'editor' }], nextCursor: null });
  });

  it('changes a role, and rejects the access tokens of the ended sessions immediately', async () => {
    const sessionId = randomUUID();
    const token = await edge.issuer.sign({ role: 'admin', sessionId });
    edge.user.handlers.changeRole = ({ accountId, role }) => {
      if (accountId !== account.id) throw new CodedError('ACCOUNT_NOT_FOUND');
      return { account: { ...account, role }, endedSessionIds: [sessionId] };
    };
    const put = (id: string) =>
      edge.fetch(`/v1/accounts/${id}/role`, { method: 'PUT', token: admin, json: { role: 'viewer' } });
    expect((await put(randomUUID())).status).toBe(404);
    expect((await edge.fetch('/v1/accounts', { token })).status).toBe(200);
    expect(await (await put(account.id)).json()).toMatchObject({ role: 'viewer' });
    expect((await edge.fetch('/v1/accounts', { token })).status).toBe(401);
  });

  it('admits admins to operations for editors, but not editors to operations for admins', async () => {
    expect((await edge.fetch('/v1/accounts')).status).toBe(403);
    edge.catalog.handlers.listTitleChanges = () => ({ changes: [], nextCursor: '' });
    expect((await edge.fetch(`/v1/titles/${randomUUID()}/changes`, { token: admin })).status).toBe(200);
  });
});
