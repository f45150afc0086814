import type { web } from '@viernes/translations/locales/en.json';
import i18next from 'i18next';
import { getChosenLanguage } from './chosen-language.js';
import { selectLanguage } from './select-language.js';

type Texts = Partial<typeof web>;

/** English is the default, and is bundled with the app. Other languages load on demand. */
const [FIRST_ENGLISH] = Object.values(
  import.meta.glob<Texts>('../../../../libs/translations/src/locales/en.json', {
    eager: true,
    query: '?first',
    import: 'default',
  }),
);
const firstLoaders = toLoaders(
  import.meta.glob<Texts>(
    ['../../../../libs/translations/src/locales/*.json', '!../../../../libs/translations/src/locales/en.json'],
    { query: '?first', import: 'default' },
  ),
);
const otherLoaders = toLoaders(
  import.meta.glob<Texts>('../../../../libs/translations/src/locales/*.json', { query: '?other', import: 'default' }),
);

/** The languages that have translations. */
export const LANGUAGES: readonly [string, ...string[]] = ['en', ...firstLoaders.keys()];

let started: Promise<void> | undefined;

/**
 * Loads the first texts of the chosen language, or of the language of the browser. Falls back to English if they are
 * unavailable. Must run before the first rendering.
 */
export function startLanguage(): Promise<void> {
  started ??= initialize();
  return started;
}

async function initialize(): Promise<void> {
  const { language, locale } = selectStartLanguage();
  const texts = await firstLoaders
    .get(language)?.()
    .catch(() => undefined);
  await i18next.init({
    // The locale also formats the numbers in texts.
    lng: locale,
    supportedLngs: [...LANGUAGES, locale],
    fallbackLng: 'en',
    defaultNS: 'web',
    resources: { en: { web: FIRST_ENGLISH ?? {} }, ...(texts && { [language]: { web: texts } }) },
    initAsync: false,
    // React escapes texts.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = i18next.resolvedLanguage ?? 'en';
  document.documentElement.dir = i18next.dir();
  document.querySelector('meta[name=description][data-default]')?.setAttribute('content', i18next.t('app.tagline'));
}

let otherTexts: Promise<void> | undefined;

/** Loads the texts that the first load omits, once. @throws if they are unavailable in English, too */
export function loadOtherTexts(): Promise<void> {
  otherTexts ??= addOtherTexts().catch((error: unknown) => {
    otherTexts = undefined;
    throw error;
  });
  return otherTexts;
}

async function addOtherTexts(): Promise<void> {
  const { language } = selectStartLanguage();
  const load = async (tag: string) => ({ tag, texts: await otherLoaders.get(tag)?.() });
  const [{ tag, texts }] = await Promise.all([load(language).catch(() => load('en')), startLanguage()]);
  i18next.addResourceBundle(tag, 'web', texts, true);
}

function selectStartLanguage() {
  const chosen = [getChosenLanguage()].filter((each) => each !== undefined);
  return selectLanguage(chosen, navigator.languages, LANGUAGES);
}

/** @returns the loaders by language */
function toLoaders(loaders: Readonly<Record<string, () => Promise<Texts>>>): ReadonlyMap<string, () => Promise<Texts>> {
  return new Map(Object.entries(loaders).map(([path, load]) => [path.replace(/^.*\/|\.json.*$/g, ''), load]));
}
