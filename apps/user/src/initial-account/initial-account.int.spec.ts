import { userV1 } from '@viernes/contracts';
import { createTestDatabase } from '@viernes/testing';
import { signInWithPassword, PASSWORD, startUser } from '../testing/test-user.js';

describe('initial accounts', () => {
  it('creates one editor when replicas start together, and none after a restart with another password', async () => {
    const database = await createTestDatabase();
    const editor = { email: 'editor@example.org', password: 'a demo password' };
    const replicas = await Promise.all([startUser({ editor, database }), startUser({ editor, database })]);
    try {
      for (const replica of replicas) {
        const session = await signInWithPassword(replica, editor.email, editor.password);
        expect(session.account?.role).toBe(userV1.Role.ROLE_EDITOR);
        expect(session.profiles).toHaveLength(1);
      }
      replicas.push(await startUser({ editor: { ...editor, password: 'another password' }, database }));
      const accounts = await database.query('SELECT email FROM account');
      expect(accounts).toEqual([{ email: editor.email }]);
    } finally {
      await Promise.all(replicas.map((replica) => replica.stop()));
      await database.drop();
    }
  });

  it('creates no second admin after the first one has changed its email', async () => {
    const database = await createTestDatabase();
    const admin = { email: 'admin@example.org', password: 'a demo password' };
    const first = await startUser({ admin, database });
    await database.query(`UPDATE account SET email = 'boss@example.org'`);
    await first.stop();
    const restarted = await startUser({ admin, database });
    try {
      expect(await database.query('SELECT email FROM account')).toEqual([{ email: 'boss@example.org' }]);
    } finally {
      await restarted.stop();
      await database.drop();
    }
  });

  it.each([
    ['changed its email', `UPDATE account SET email = 'chief@example.org'`],
    ['was deleted', 'DELETE FROM account'],
  ])('creates no second editor after the first one %s, unless EDITOR_EMAIL has changed', async (_, change) => {
    const database = await createTestDatabase();
    const editor = { email: 'editor@example.org', password: 'a demo password' };
    const listEmails = async () =>
      (await database.query<{ email: string }>('SELECT email FROM account')).map(({ email }) => email);
    const restart = async (email: string): Promise<void> => {
      const user = await startUser({ editor: { ...editor, email }, database });
      await user.stop();
    };
    try {
      await restart(editor.email);
      await database.query(change);
      await restart(editor.email);
      expect(await listEmails()).not.toContain(editor.email);
      await restart('second@example.org');
      expect(await listEmails()).toContain('second@example.org');
    } finally {
      await database.drop();
    }
  });

  it('does not change an existing account whose email equals EDITOR_EMAIL', async () => {
    const database = await createTestDatabase();
    const email = 'first@example.org';
    const first = await startUser({ database });
    await first.client.createAccount({ email, password: PASSWORD, profileName: 'First' });
    await first.stop();
    const restarted = await startUser({ editor: { email, password: 'a demo password' }, database });
    try {
      expect((await signInWithPassword(restarted, email)).account?.role).toBe(userV1.Role.ROLE_VIEWER);
    } finally {
      await restarted.stop();
      await database.drop();
    }
  });
});
