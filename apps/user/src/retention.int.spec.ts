import { readFileSync } from 'node:fs';
import { RowCleanups } from '@viernes/database';
import { signInWithPassword, signUp, startUser, type TestUser } from './testing/test-user.js';

interface Ids {
  readonly accountId: string;
  readonly profileId: string;
  readonly sessionId: string;
}

interface Retention {
  /** Returns the columns of a row and their values in SQL. `at` is the time that determines its age. */
  readonly row: (at: string, ids: Ids) => Readonly<Record<string, string>>;
  /** A row of the first age remains stored, and one of the second age is deleted. */
  readonly ages: readonly [stored: string, deleted: string];
}

const HASH = `decode(md5(random()::text), 'hex')`;
const UUID = 'gen_random_uuid()';

/** Each table that `docs/data.md` assigns to `RowCleanups`. */
const RETENTIONS: Readonly<Record<string, Retention>> = {
  account_deletion: {
    row: (at) => ({ account_id: UUID, waiting_for: `'{}'`, ended_session_ids: `'{}'`, finished_at: at }),
    ages: ['29 days', '31 days'],
  },
  api_key: {
    row: (at, { accountId }) => ({
      ...{ id: UUID, account_id: `'${accountId}'`, name: `'CI'`, prefix: `'vrn'`, scopes: `'{}'` },
      revoked_at: at,
    }),
    ages: ['14 minutes', '16 minutes'],
  },
  history_removal: {
    row: (at, { profileId }) => ({ id: UUID, profile_id: `'${profileId}'`, removed_at: at }),
    ages: ['167 hours', '169 hours'],
  },
  idempotent_response: {
    row: (at) => ({ id: HASH, fingerprint: HASH, created_at: at }),
    ages: ['23 hours', '25 hours'],
  },
  mail_link: {
    row: (at, { accountId }) => ({
      ...{ hash: HASH, account_id: `'${accountId}'`, purpose: `'passwordReset'`, email: `'ada@example.org'` },
      expires_at: at,
    }),
    ages: ['59 minutes', '61 minutes'],
  },
  passkey_challenge: {
    row: (at) => ({ hash: HASH, expires_at: at }),
    ages: ['-1 minute', '1 minute'],
  },
  password_failure: {
    row: (at) => ({ email_hash: HASH, count: '1', failed_at: at }),
    ages: ['23 hours', '25 hours'],
  },
  provider_authorization: {
    row: (at) => ({ state_hash: HASH, browser_hash: HASH, provider_id: `'studio'`, expires_at: at }),
    ages: ['-1 minute', '1 minute'],
  },
  refresh_token: {
    row: (at, { sessionId }) => ({ hash: HASH, session_id: `'${sessionId}'`, used_at: at }),
    ages: ['167 hours', '169 hours'],
  },
  security_event: {
    row: (at, { accountId }) => ({ account_id: `'${accountId}'`, kind: `'signedIn'`, occurred_at: at }),
    ages: ['179 days', '181 days'],
  },
  session: {
    row: (at, { accountId }) => ({ id: UUID, account_id: `'${accountId}'`, expires_at: at }),
    ages: ['14 minutes', '16 minutes'],
  },
  signing_key: {
    // The stored key replaced the deleted one a day ago. The key of the service has just replaced the stored one.
    row: (at) => ({ kid: `${UUID}::text`, public_jwk: `'{}'`, private_jwk: `'{}'`, active_from: at }),
    ages: ['1 day', '2 days'],
  },
  usage_hour: {
    row: (at, { accountId }) => ({
      ...{ account_id: `'${accountId}'`, operation: `'listTitles'`, status: '200', calls: '1' },
      ...{ response_bytes: '1', durations: `'{}'`, hour_at: at },
    }),
    ages: ['61 days', '63 days'],
  },
};

describe('row cleanups of the user service', () => {
  let user: TestUser;
  let ids: Ids;

  beforeAll(async () => {
    user = await startUser();
    const { accountId, profileId, email } = await signUp(user);
    ids = { accountId, profileId, sessionId: (await signInWithPassword(user, email)).id };
  });
  afterAll(() => user?.stop());

  it('tests the retention of each table that docs/data.md assigns to RowCleanups', () => {
    const page = readFileSync(new URL('../../../docs/data.md', import.meta.url), 'utf8');
    const documented = page.split('\n').flatMap((line) => {
      const [, service, table, , , deletedBy = ''] = line.split('|').map((cell) => cell.trim());
      const isUserTable = service === 'user' || service === 'each';
      return isUserTable && deletedBy.includes('`RowCleanups`') ? [table?.replaceAll('`', '')] : [];
    });
    expect(documented.toSorted()).toEqual(Object.keys(RETENTIONS).toSorted());
  });

  it.each(Object.entries(RETENTIONS))('enforces the retention of %s', async (table, { row, ages }) => {
    const insert = async (age: string): Promise<string> => {
      const values = row(`now() - interval '${age}'`, ids);
      const columns = Object.keys(values).join(', ');
      const [inserted] = await user.database.query<{ row: string }>(
        `INSERT INTO ${table} (${columns}) VALUES (${Object.values(values).join(', ')}) RETURNING ${table}::text AS row`,
      );
      return inserted?.row ?? '';
    };
    const [stored, deleted] = [await insert(ages[0]), await insert(ages[1])];
    await user.get(RowCleanups).run();
    const rows = await user.database.query<{ row: string }>(
      `SELECT ${table}::text AS row FROM ${table} WHERE ${table}::text = ANY ($1)`,
      [[stored, deleted]],
    );
    expect(rows.map((each) => each.row)).toEqual([stored]);
  });
});
