import { returnAddress } from './return-address.js';

describe('returnAddress', () => {
  it('keeps an address of this app', () => {
    expect(returnAddress('/watch/42?x=1')).toBe('/watch/42?x=1');
  });

  it.each([
    null,
    '',
    'https://elsewhere.example',
    '//elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
  ])('goes home instead of to %p', (value) => {
    expect(returnAddress(value)).toBe('/');
  });
});
