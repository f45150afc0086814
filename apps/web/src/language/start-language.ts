import { web as english } from '@viernes/translations/locales/en.json';
import i18next from 'i18next';
import { getChosenLanguage } from './chosen-language.js';
import { selectLanguage } from './select-language.js';

/** English is part of the app, as the default. The others load on demand. */
const OTHERS = import.meta.glob<typeof english>(
  ['../../../../libs/translations/src/locales/*.json', '!../../../../libs/translations/src/locales/en.json'],
  {
    import: 'web',
  },
);

const loaders = new Map(Object.entries(OTHERS).map(([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), load]));

/** The languages that have translations. */
export const LANGUAGES: readonly [string, ...string[]] = ['en', ...loaders.keys()];

/** Loads the texts of the chosen language or that of the browser, or stays with English if they are unavailable. Call it before the first rendering. */
export async function startLanguage(): Promise<void> {
  const chosen = [getChosenLanguage()].filter((each) => each !== undefined);
  const { language, locale } = selectLanguage(chosen, navigator.languages, LANGUAGES);
  const texts = await loaders
    .get(language)?.()
    .catch(() => undefined);
  await i18next.init({
    // The locale also formats the numbers in texts.
    lng: locale,
    supportedLngs: [...LANGUAGES, locale],
    fallbackLng: 'en',
    defaultNS: 'web',
    resources: { en: { web: english }, ...(texts && { [language]: { web: texts } }) },
    initAsync: false,
    // React escapes texts.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.resolvedLanguage ?? 'en';
  document.documentElement.dir = i18next.dir();
  document.querySelector('meta[name=description][data-default]')?.setAttribute('content', i18next.t('app.tagline'));
}
