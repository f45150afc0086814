import { returnPath, signedOutPath, signInPath } from './return-path.js';

describe('returnPath', () => {
  it('returns the path that signInPath encodes', () => {
    const { searchParams } = new URL(signInPath('/watch/42?x=1'), 'https://viernes.example');
    expect(returnPath(searchParams.get('return'))).toBe('/watch/42?x=1');
  });

  it.each([
    null,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    '/\t/elsewhere.example',
    '\n//elsewhere.example',
    'javascript:alert(1)',
  ])('returns the home page instead of %j', (value) => {
    expect(returnPath(value)).toBe('/');
  });
});

describe('signedOutPath', () => {
  it('returns the page that confirms the deletion only for the page on which the account was deleted', () => {
    expect(signedOutPath('/account', '', true)).toBe('/account-deleted');
    expect(signedOutPath('/watch/42', '?x=1', true)).toBe(signInPath('/watch/42?x=1'));
    expect(signedOutPath('/account', '')).toBe(signInPath('/account'));
  });
});
