import { email, newAccount, newPassword } from './account.requests.js';

describe('an email', () => {
  it('is one, whatever its case and the spaces around it', () => {
    expect(email.parse('  Ada.Lovelace@Example.ORG ')).toBe('ada.lovelace@example.org');
  });

  it.each([
    '',
    'ada',
    'ada@',
    'ada@example',
    'a da@example.org',
    'ada@example.org\u0000',
    `${'a'.repeat(250)}@example.org`,
  ])('is refused when it is %j', (text) => expect(email.safeParse(text).success).toBe(false));
});

describe('a new password', () => {
  it.each([
    [9, false],
    [10, true],
    [128, true],
    [129, false],
  ])('of %d characters: %p', (length, isFine) => {
    expect(newPassword.safeParse('🎬'.repeat(length)).success).toBe(isFine);
  });

  it('is the same from every keyboard', () => {
    expect(newPassword.parse('cafe\u0301 au lait')).toBe(newPassword.parse('caf\u00e9 au lait'));
  });

  it('is refused when something got lost on its way', () => {
    expect(newPassword.safeParse('ten letters\ud800').success).toBe(false);
    expect(newPassword.safeParse('ten letters\ufffd').success).toBe(false);
  });
});

describe('a new account', () => {
  it('tells every fault at once', () => {
    const { error } = newAccount.safeParse({ email: 'x', password: 'short', profileName: '' });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['email', 'password', 'profileName']);
  });
});
