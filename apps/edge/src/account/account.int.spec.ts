import { randomUUID } from 'node:crypto';
import { userV1 } from '@viernes/contracts';
import { fromRandomAddress, TRUST_FORWARDED_FOR } from '../testing/client-address.js';
import { startEdge, type TestEdge } from '../testing/start-edge.js';

describe('POST /v1/accounts', () => {
  let edge: TestEdge;
  beforeAll(async () => {
    edge = await startEdge(TRUST_FORWARDED_FOR);
  });
  afterAll(() => edge.stop());

  it.each([
    [undefined, 'es-MX, en;q=0.5', 'es'],
    [undefined, 'xx', 'en'],
    ['en', 'es', 'en'],
  ])(
    'creates an account for the requested language %s and Accept-Language %s in the language %s',
    async (language, header, expected) => {
      edge.user.handlers.createAccount = (request) => ({
        account: {
          id: randomUUID(),
          email: request.email,
          language: request.language ?? '',
          createdAt: '2026-06-05T20:15:00.000Z',
          role: userV1.Role.ROLE_VIEWER,
          plan: 'account',
        },
        profiles: [],
      });
      const response = await edge.fetch('/v1/accounts', {
        method: 'POST',
        token: null,
        headers: { ...fromRandomAddress(), 'accept-language': header },
        json: { email: 'ada@example.org', password: 'correct horse battery', profileName: 'Ada', language },
      });
      expect([response.status, await response.json()]).toMatchObject([201, { account: { language: expected } }]);
    },
  );
});
