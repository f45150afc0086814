import { PasswordHashing } from './password-hashing.js';

describe('password hashing', () => {
  const passwords = new PasswordHashing();

  it('verifies what it hashed, and nothing else', async () => {
    const passwordHash = await passwords.hash('correct horse battery');
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(passwords.verify(passwordHash, 'correct horse battery')).resolves.toBe(true);
    await expect(passwords.verify(passwordHash, 'Correct horse battery')).resolves.toBe(false);
    await expect(passwords.verify(undefined, 'correct horse battery')).resolves.toBe(false);
  });

  it('refuses more than may wait, and does the rest', async () => {
    const results = await Promise.allSettled(Array.from({ length: 110 }, () => passwords.hash('ten letters')));
    const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(10);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'OVERLOADED' });
  });
});
