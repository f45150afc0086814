import { createTestDatabase } from '@viernes/testing';
import { startUser } from '../testing/test-user.js';

describe('signing keys', () => {
  it('creates one signing key when replicas start together on an empty database', async () => {
    const database = await createTestDatabase();
    const replicas = await Promise.all([startUser({ database }), startUser({ database })]);
    try {
      const [first, second] = await Promise.all(replicas.map(({ client }) => client.getJwks({})));
      expect(second).toEqual(first);
      expect(JSON.parse(first?.jwksJson ?? '')).toEqual({
        keys: [
          { kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', kid: expect.any(String), x: expect.any(String) },
        ],
      });
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await database.drop();
    }
  });
});
