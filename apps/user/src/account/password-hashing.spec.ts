import { PasswordHashing } from './password-hashing.js';

describe('password hashing', () => {
  const passwords = new PasswordHashing();

  it('verifies only the hashed password', async () => {
    const passwordHash = await passwords.hash('correct horse battery');
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await expect(passwords.verify(passwordHash, 'correct horse battery')).resolves.toBe(true);
    await expect(passwords.verify(passwordHash, 'Correct horse battery')).resolves.toBe(false);
    await expect(passwords.verify(undefined, 'correct horse battery')).resolves.toBe(false);
  });

  it('rejects requests with OVERLOADED when the queue is full, and completes the others', async () => {
    const results = await Promise.allSettled(Array.from({ length: 110 }, () => passwords.hash('ten letters')));
    const errors = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.length).toBeLessThan(10);
    for (const error of errors) expect(error).toMatchObject({ code: 'OVERLOADED' });
  });
});
