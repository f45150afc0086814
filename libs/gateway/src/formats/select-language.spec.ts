import { selectLanguage } from './select-language.js';

describe('selectLanguage', () => {
  it.each([
    [undefined, 'en'],
    ['*', 'en'],
    ['es', 'es'],
    ['es-MX', 'es'],
    ['en-GB,en;q=0.9,es;q=0.8', 'en'],
    ['fr-FR,fr;q=0.9,es;q=0.8,en;q=0.7', 'es'],
    ['es;q=0.1, en;q=0.9', 'en'],
    ['en;q=0, es', 'es'],
    ['zh', 'en'],
    ['not a language', 'en'],
  ])('selects a language for %s', (header, language) => {
    expect(selectLanguage(header)).toBe(language);
  });

  it('returns the same language after more headers than it caches', () => {
    for (let index = 0; index < 200; index += 1) selectLanguage(`es;q=0.${index}`);
    expect(selectLanguage('es;q=0.5, en;q=0.4')).toBe('es');
  });
});
