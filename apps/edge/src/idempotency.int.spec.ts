import { Metadata } from '@grpc/grpc-js';
import { CodedError } from '@viernes/contracts';
import { OPERATIONS } from './openapi/operations.js';
import { titleMessage } from './testing/messages.js';
import { startEdge, type TestEdge } from './testing/start-edge.js';

const KEY = 'f2b1a3c0-7d0e-4b52-9c55-0d6c1a2b3c4d';

describe('the header Idempotency-Key', () => {
  let edge: TestEdge;
  /** The keys in the metadata of the calls that change something. */
  let received: (string | undefined)[];

  beforeAll(async () => {
    edge = await startEdge({ TRUSTED_PROXIES: '127.0.0.0/8' });
  });
  afterAll(() => edge.stop());
  beforeEach(() => {
    received = [];
    const record = ({ metadata }: { metadata: Metadata }) =>
      void received.push(metadata.get('viernes-idempotency-key')[0]?.toString());
    edge.catalog.handlers = {
      createTitle: (_, call) => {
        record(call);
        return { title: titleMessage() };
      },
    };
    edge.user.handlers = {
      ...edge.user.handlers,
      createAccount: (_, call) => {
        record(call);
        throw new CodedError('EMAIL_TAKEN');
      },
      startPasskeySignIn: (_, call) => {
        record(call);
        throw new CodedError('OVERLOADED');
      },
    };
  });

  const createTitle = (key: string, token?: string) =>
    edge.fetch('/v1/titles', {
      method: 'POST',
      json: { kind: 'film', name: 'Faust' },
      headers: { 'idempotency-key': key },
      ...(token !== undefined && { token }),
    });
  const createAccount = (address: string) =>
    edge.fetch('/v1/accounts', {
      method: 'POST',
      token: null,
      json: { email: 'ada@example.com', password: 'correct horse battery', profileName: 'Ada' },
      headers: { 'idempotency-key': KEY, 'x-forwarded-for': address },
    });

  it('every POST declares its idempotency, and no other operation does', () => {
    for (const { operationId, method, idempotency } of OPERATIONS) {
      const isDecided = idempotency === 'stored' || (idempotency?.notStored ?? '') !== '';
      expect([operationId, isDecided]).toEqual([operationId, method === 'POST']);
    }
  });

  it('only these operations store their responses by idempotency key', () => {
    const stored = OPERATIONS.filter(({ idempotency }) => idempotency === 'stored');
    expect(stored.map(({ operationId }) => operationId).toSorted()).toEqual([
      'addIdentity',
      'addPasskey',
      'createAccount',
      'createApiKey',
      'createParty',
      'createPerson',
      'createProfile',
      'createSeason',
      'createSession',
      'createTitle',
      'createWebhook',
      'importTitles',
      'redeliverWebhook',
      'requestEmailVerification',
      'requestPasswordReset',
      'resetPassword',
      'restoreEpisode',
      'restorePerson',
      'restoreSeason',
      'restoreTitle',
      'rotateApiKey',
      'rotateWebhookSecret',
      'signInWithPasskey',
      'signInWithProvider',
      'startPlayback',
      'startUpload',
      'testWebhook',
      'verifyEmail',
    ]);
  });

  it.each(['', ' ', 'a b', 'ä', 'a'.repeat(129), 'a, b'])('returns 400 for the idempotency key %j', async (key) => {
    const response = await createTitle(key);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID' });
    expect(received).toEqual([]);
  });

  it.each(['~', '!', `"${KEY}"`, 'a'.repeat(128)])('accepts the idempotency key %j', async (key) => {
    expect((await createTitle(key)).status).toBe(201);
    expect(received).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });

  it('accepts requests without an idempotency key', async () => {
    const response = await edge.fetch('/v1/titles', { method: 'POST', json: { kind: 'film', name: 'Faust' } });
    expect(response.headers.get('idempotent-replayed')).toBeNull();
    expect(received).toEqual([undefined]);
  });

  it('forwards the same key for requests of one account, and a different key for another account', async () => {
    const [ada, bob] = [await edge.issuer.sign({ role: 'editor' }), await edge.issuer.sign({ role: 'editor' })];
    for (const token of [ada, ada, bob]) await createTitle(KEY, token);
    expect(received[1]).toBe(received[0]);
    expect(received[2]).not.toBe(received[0]);
    expect(received).not.toContain(KEY);
  });

  it('forwards the same key for anonymous requests from one network, and a different key for another network', async () => {
    for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::1', '192.0.2.1']) await createAccount(address);
    const [first, sameNetwork, otherNetwork, other] = received;
    expect(sameNetwork).toBe(first);
    expect(new Set([first, otherNetwork, other]).size).toBe(3);
  });

  it('checks, but does not forward, an idempotency key of an operation that stores nothing', async () => {
    const start = (key: string) =>
      edge.fetch('/v1/sessions/passkey-challenges', {
        method: 'POST',
        token: null,
        headers: { 'idempotency-key': key },
      });
    expect((await start('a b')).status).toBe(400);
    expect((await start(KEY)).status).toBe(503);
    expect(received).toEqual([undefined]);
  });

  it('returns the header Idempotent-Replayed if the service returns a stored response', async () => {
    edge.catalog.handlers.createTitle = (_, call) => {
      const metadata = new Metadata();
      metadata.set('viernes-is-replayed', 'true');
      call.sendMetadata(metadata);
      return { title: titleMessage() };
    };
    const response = await createTitle(KEY);
    expect([response.status, response.headers.get('idempotent-replayed')]).toEqual([201, 'true']);
  });
});
