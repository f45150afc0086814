import { CreateAccountRequest, email, newPassword } from './account.requests.js';

describe('email', () => {
  it('trims an email and converts it to lower case', () => {
    expect(email.parse('  Ada.Lovelace@Example.ORG ')).toBe('ada.lovelace@example.org');
  });

  it.each([
    ['Ada@BÜCHER.example', 'ada@xn--bcher-kva.example'],
    ['ada@bu\u0308cher.example', 'ada@xn--bcher-kva.example'],
    ['ada@xn--bcher-kva.example', 'ada@xn--bcher-kva.example'],
    ['ada@\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444', 'ada@xn--e1afmkfd.xn--p1ai'],
  ])('converts the email %j to %j', (text, normalForm) => expect(email.parse(text)).toBe(normalForm));

  it.each([
    '',
    'ada@a@example.org',
    'ädä@example.org',
    '.ada@example.org',
    'ada',
    'ada@',
    'ada@example',
    'a da@example.org',
    'ada@example.org\u0000',
    `${'a'.repeat(250)}@example.org`,
  ])('rejects the email %j', (text) => expect(email.safeParse(text).success).toBe(false));
});

describe('newPassword', () => {
  it.each([
    [9, false],
    [10, true],
    [128, true],
    [129, false],
  ])('validates a password of %d characters: %j', (length, isValid) => {
    expect(newPassword.safeParse('🎬'.repeat(length)).success).toBe(isValid);
  });

  it('makes composed and decomposed characters of a password equal', () => {
    expect(newPassword.parse('cafe\u0301 au lait')).toBe(newPassword.parse('caf\u00e9 au lait'));
  });

  it('rejects a password with a lone surrogate or a replacement character', () => {
    expect(newPassword.safeParse('ten letters\ud800').success).toBe(false);
    expect(newPassword.safeParse('ten letters\ufffd').success).toBe(false);
  });
});

describe('CreateAccountRequest', () => {
  it('reports all invalid fields of a new account together', () => {
    const { error } = CreateAccountRequest.safeParse({ email: 'x', password: 'short', profileName: '' });
    expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['email', 'password', 'profileName']);
  });
});
