import { selectLanguage } from './select-language.js';

const AVAILABLE = ['en', 'es', 'pt-BR'] as const;

describe('selectLanguage', () => {
  it('prefers the choice of the user over the languages of the browser', () => {
    expect(selectLanguage(['es'], ['en-US', 'en'], [...AVAILABLE])).toEqual({ language: 'es', locale: 'es' });
    expect(selectLanguage(['xx'], ['es'], [...AVAILABLE])).toEqual({ language: 'es', locale: 'es' });
  });

  it('selects the first language of the browser that has translations, in its regional form', () => {
    expect(selectLanguage([], ['fr-FR', 'es-MX', 'en'], [...AVAILABLE])).toEqual({ language: 'es', locale: 'es-MX' });
    expect(selectLanguage(['es'], ['en', 'es-AR'], [...AVAILABLE])).toEqual({ language: 'es', locale: 'es-AR' });
    expect(selectLanguage([], ['pt-BR'], [...AVAILABLE])).toEqual({ language: 'pt-BR', locale: 'pt-BR' });
  });

  it('selects the default if no language has translations', () => {
    expect(selectLanguage([], ['fr', 'pt-PT'], [...AVAILABLE])).toEqual({ language: 'en', locale: 'en' });
    expect(selectLanguage([], [], [...AVAILABLE])).toEqual({ language: 'en', locale: 'en' });
  });
});
