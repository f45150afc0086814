import { repairText } from './garbled-text.js';

describe('repairText', () => {
  it.each([
    ['LÈon', 'Léon'],
    ['DÈj‡ Vu', 'Déjà Vu'],
    ['Obsluhoval jsem anglickÈho kr·le', 'Obsluhoval jsem anglického krále'],
    ['The Naked Gun 2Ω: The Smell of Fear', 'The Naked Gun 2½: The Smell of Fear'],
    ['Alien³', 'Alien³'],
    ['Plain Words, 1999', 'Plain Words, 1999'],
  ])('converts %s to %s', (garbled, expected) => {
    expect(repairText(garbled)).toBe(expected);
  });
});
