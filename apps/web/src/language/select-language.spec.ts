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

  it('selects another variant of a language if the preferred one has no translations', () => {
    expect(selectLanguage([], ['pt-PT', 'en'], [...AVAILABLE])).toEqual({ language: 'pt-BR', locale: 'pt-BR' });
    expect(selectLanguage([], ['pt'], [...AVAILABLE])).toEqual({ language: 'pt-BR', locale: 'pt-BR' });
    expect(selectLanguage([], ['pt-PT'], [...AVAILABLE, 'pt-PT'])).toEqual({ language: 'pt-PT', locale: 'pt-PT' });
  });

  it('selects the default if no language has translations', () => {
    expect(selectLanguage([], ['fr', 'de-AT'], [...AVAILABLE])).toEqual({ language: 'en', locale: 'en' });
    expect(selectLanguage([], [], [...AVAILABLE])).toEqual({ language: 'en', locale: 'en' });
  });
});
