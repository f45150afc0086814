import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { userV1 } from '@viernes/contracts';
import { AccessTokenVerifier, JwksCache } from '@viernes/gateway';
import { createLogger } from '@viernes/platform';
import { startTestService, type TestService } from '@viernes/platform/testing';
import { createTestDatabase, type TestDatabase } from '@viernes/testing';
import { composeService } from '@viernes/user/service';
import { decodeProtectedHeader } from 'jose';

const ROTATION = fileURLToPath(new URL('../../user/dist/signing-key-rotation/main.js', import.meta.url));
const STEP_SECONDS = 5;
const PASSWORD = 'correct horse battery';

/**
 * Verifies tokens of the user service as the edge does. Time passes in steps, and each step sends requests. The spec
 * is in this app, because no other app can import the user service.
 */
describe('the rotation of a signing key', () => {
  let database: TestDatabase;
  const replicas: TestService[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await Promise.all(replicas.map((replica) => replica.stop()));
    await database.drop();
  });

  /** Starts a replica, which caches the active key for a minute. */
  const startReplica = async (): Promise<() => Promise<string>> => {
    const replica = await startTestService({
      // The broker is unavailable, so that the replica does not join the consumer groups of other tests.
      module: (env) => ({
        module: class {},
        imports: [composeService({ ...env, KAFKA_BROKERS: '127.0.0.1:1' }).module],
      }),
      definitions: { 'viernes.user.v1.UserService': userV1.UserServiceService },
      database,
    });
    replicas.push(replica);
    const client = replica.client(userV1.UserServiceService);
    const email = `${randomUUID()}@example.org`;
    await client.createAccount({ email, password: PASSWORD, profileName: 'Ada' });
    return async () => (await client.createSession({ email, password: PASSWORD })).session?.accessToken ?? '';
  };
  const toKeyId = (token: string): string | undefined => decodeProtectedHeader(token).kid;

  it('rejects no token during a rotation, also if the keys cannot be fetched when the new key starts to sign', async () => {
    const signers = [await startReplica()];
    const client = replicas[0]?.client(userV1.UserServiceService);
    let nowMs = Date.now();
    let isAvailable = true;
    const fetchJwks = async (): Promise<string> => {
      if (!isAvailable || !client) throw new Error('the user service is unavailable');
      return (await client.getJwks({})).jwksJson;
    };
    const keys = new JwksCache(fetchJwks, createLogger('test', 'fatal'), undefined, () => nowMs);
    const verifier = new AccessTokenVerifier(keys);
    const usedKeys = new Set<string | undefined>();
    const request = async (): Promise<void> => {
      for (const sign of signers) {
        const token = await sign();
        usedKeys.add(toKeyId(token));
        await expect(verifier.verify(token)).resolves.toMatchObject({ role: 'viewer' });
      }
    };

    await request();
    await promisify(execFile)(process.execPath, [ROTATION], { env: { ...process.env, DATABASE_URL: database.url } });
    for (let seconds = 0; seconds <= 120; seconds += STEP_SECONDS) {
      isAvailable = seconds < 50 || seconds > 80;
      if (seconds === 60) signers.push(await startReplica());
      await request();
      nowMs += STEP_SECONDS * 1_000;
      await database.query(`UPDATE signing_key SET active_from = active_from - make_interval(secs => ${STEP_SECONDS})`);
    }
    expect(usedKeys.size).toBe(2);
  });
});
